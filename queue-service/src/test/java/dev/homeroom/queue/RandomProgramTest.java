package dev.homeroom.queue;

import static dev.homeroom.queue.testing.QueueDatabase.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.queue.coalesce.Splitting;
import dev.homeroom.queue.core.ClaimFilter;
import dev.homeroom.queue.core.GrantEnd;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.Outcome;
import dev.homeroom.queue.core.Owner;
import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Receipt;
import dev.homeroom.queue.core.RequestId;
import dev.homeroom.queue.core.Task;
import dev.homeroom.queue.core.TaskStatus;
import dev.homeroom.queue.core.TaskStore;
import dev.homeroom.queue.testing.CrashingStore;
import dev.homeroom.queue.testing.InMemoryAuthority;
import dev.homeroom.queue.testing.QueueDatabase;
import dev.homeroom.queue.testing.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random programs of many sessions over a real database: sessions pause past their claims and come back, answers are lost
 * between all parts, replicas end between grant and write, events come late, twice and out of order. Whatever happens,
 * each task's history is a legal path and each task is completed once (R-Q2, R-Q3).
 */
class RandomProgramTest {
    private static final int TASKS = 30;
    private static final int STEPS = 250;
    private static final Duration TTL = Duration.ofSeconds(30);

    /** What a session believes it holds; it may be wrong, as after a pause. */
    private record Work(Owner owner, Task task) {}

    private final InMemoryAuthority authority = new InMemoryAuthority();
    private final List<Work> works = new ArrayList<>();
    private final List<GrantEnd> undelivered = new ArrayList<>();
    private final Map<String, Long> incarnations = new HashMap<>();
    private final Map<UUID, Integer> completions = new HashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everyHistoryIsLegalAndEveryTaskIsCompletedOnce(long seed) {
        var random = new Random(seed);
        try (var database = new QueueDatabase()) {
            var store = database.store();
            var tasks = new ArrayList<UUID>();
            for (int i = 0; i < TASKS; i++) {
                var task = Tasks.withAttempts(100);
                join(store.enqueue(List.of(task)));
                tasks.add(task.id());
            }
            authority.losingAnswers(() -> random.nextInt(10) == 0);
            var queue = new Parts[] {troubled(store, random), troubled(store, random)};
            for (int step = 0; step < STEPS; step++) {
                step(queue[random.nextInt(queue.length)], store, random);
                if (random.nextInt(40) == 0) {
                    queue[random.nextInt(queue.length)] = troubled(store, random);
                }
            }
            finish(store);
            for (var task : tasks) {
                assertLegal(join(store.history(task)), seed);
                assertThat(join(store.find(task)).orElseThrow().status())
                        .as("seed %d, task %s", seed, task)
                        .isEqualTo(TaskStatus.COMPLETED);
            }
            assertThat(completions.values())
                    .as("seed %d: completions that were acknowledged", seed)
                    .containsOnly(1);
        }
    }

    private Parts troubled(TaskStore store, Random random) {
        var crashing = CrashingStore.of(store, _ -> random.nextInt(15) == 0, _ -> random.nextInt(15) == 0);
        return Parts.of(crashing, authority, Duration.ofSeconds(5), Duration.ZERO);
    }

    private void step(Parts parts, TaskStore store, Random random) {
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> claim(parts, random);
            case 4, 5, 6 -> work(parts, random);
            case 7 -> {
                authority.pass(Duration.ofSeconds(random.nextInt(12)));
                if (random.nextInt(6) == 0) {
                    authority.fail("s" + random.nextInt(6));
                }
            }
            case 8 -> deliver(store, random);
            default -> attempt(parts.sweep().run());
        }
    }

    private void claim(Parts parts, Random random) {
        var session = "s" + random.nextInt(6);
        if (!incarnations.containsKey(session) || random.nextInt(15) == 0) {
            incarnations.put(session, authority.register(session, 4));
        }
        var owner = new Owner(session, incarnations.get(session));
        var tasks = attempt(
                parts.queue().claim(owner, RequestId.NONE, ClaimFilter.ANY, 1 + random.nextInt(3), TTL, Duration.ZERO));
        if (tasks != null) {
            tasks.forEach(task -> works.add(new Work(owner, task)));
        } else if (random.nextInt(3) == 0) {
            incarnations.remove(session);
        }
    }

    /** Also of works whose claim ended long ago: the paused session does not know. */
    private void work(Parts parts, Random random) {
        if (works.isEmpty()) {
            return;
        }
        var work = works.get(random.nextInt(works.size()));
        var hold = new Hold(
                work.task().id(), work.owner().session(), work.task().hold().token());
        var outcome = switch (random.nextInt(6)) {
            case 0 -> new Outcome.Fail("at random", true);
            case 1 -> new Outcome.Release();
            case 2 -> new Outcome.Snooze(Duration.ZERO);
            default -> new Outcome.Complete("{\"token\":" + hold.token() + "}");
        };
        var receipt = attempt(parts.queue().finish(hold, outcome));
        if (receipt != null && receipt.status() == TaskStatus.COMPLETED) {
            assertThat(receipt.token()).isEqualTo(hold.token());
            completions.put(receipt.task(), 1);
        }
        if (random.nextInt(4) > 0) {
            works.remove(work);
        }
    }

    /** Late, out of order, and some twice. */
    private void deliver(TaskStore store, Random random) {
        undelivered.addAll(authority.takeEnds());
        Collections.shuffle(undelivered, random);
        int some = undelivered.isEmpty() ? 0 : random.nextInt(undelivered.size() + 1);
        attempt(store.grantsEnded(List.copyOf(undelivered.subList(0, some))));
        if (random.nextBoolean()) {
            undelivered.subList(0, some).clear();
        }
    }

    /** The trouble is over: what is left is done, helped by nothing but the sweep. */
    private void finish(TaskStore store) {
        authority.losingAnswers(() -> false);
        authority.pass(Duration.ofHours(1));
        var parts = Parts.of(store, authority, Duration.ofSeconds(5), Duration.ZERO);
        join(parts.sweep().run());
        var owner = new Owner("last", authority.register("last", 1_000));
        List<Task> tasks;
        do {
            tasks = join(parts.queue().claim(owner, RequestId.NONE, ClaimFilter.ANY, 50, TTL, Duration.ZERO));
            for (var task : tasks) {
                join(parts.queue()
                        .finish(new Hold(task.id(), "last", task.hold().token()), new Outcome.Complete("{}")));
                completions.merge(task.id(), 1, Integer::sum);
            }
        } while (!tasks.isEmpty());
    }

    private static void assertLegal(List<Receipt> steps, long seed) {
        var status = TaskStatus.PENDING;
        long token = 0;
        int completed = 0;
        for (int i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            var where = "seed %d: step %d of %s".formatted(seed, i + 1, steps);
            assertThat(step.version()).as(where).isEqualTo(i + 1);
            assertThat(status.over()).as(where).isFalse();
            switch (step.cause()) {
                case "enqueued" -> assertThat(i).as(where).isZero();
                case "claimed" -> assertThat(step.token()).as(where).isGreaterThan(token);
                case "completed", "retry", "released", "snoozed" ->
                    assertThat(step.token()).as(where).isGreaterThanOrEqualTo(token);
                default -> assertThat(step.status()).as(where).isEqualTo(TaskStatus.PENDING);
            }
            if (step.cause().equals("completed")) {
                assertThat(status).as(where).isEqualTo(TaskStatus.CLAIMED);
                assertThat(step.token()).as(where).isEqualTo(token);
                completed++;
            }
            token = Math.max(token, step.token());
            status = step.status();
        }
        assertThat(completed).as("seed %d: %s", seed, steps).isOne();
    }

    /** The answer, or null when it is refused or lost, as a session would see it. */
    private static <T> @Nullable T attempt(CompletionStage<T> stage) {
        try {
            return join(stage);
        } catch (CompletionException e) {
            if (Splitting.unwrapped(e) instanceof QueueException) {
                return null;
            }
            throw e;
        }
    }
}
