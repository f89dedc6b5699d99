package dev.homeroom.queue.program;

import static dev.homeroom.queue.testing.QueueDatabase.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.queue.core.ClaimFilter;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.Outcome;
import dev.homeroom.queue.core.Owner;
import dev.homeroom.queue.core.RequestId;
import dev.homeroom.queue.core.TaskStatus;
import dev.homeroom.queue.testing.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** One random program, from its seed; checked after every step against {@link Reference}. */
final class Program implements AutoCloseable {
    private static final int TASKS = 24;
    private static final int STEPS = 160;

    private final Random random;
    private final boolean troubled;
    private final Plant plant;
    private final Crowd crowd;
    private final Ledger ledger;
    private final Reference reference = new Reference();
    private final List<UUID> tasks = new ArrayList<>();

    Program(long seed, boolean troubled) {
        random = new Random(seed);
        this.troubled = troubled;
        plant = new Plant(random, troubled);
        crowd = new Crowd(random, plant.authority());
        ledger = new Ledger(plant.database().connect());
    }

    void run() {
        for (int n = 0; n < TASKS; n++) {
            var task = Tasks.withAttempts(100);
            join(plant.database().store().enqueue(List.of(task)));
            tasks.add(task.id());
        }
        for (int step = 0; step < STEPS; step++) {
            check(step());
        }
        check(finish());
        assertThat(reference.tasks().values())
                .extracting(Standing::status)
                .as("nothing is left")
                .allMatch(TaskStatus::over);
    }

    long repairs() {
        return plant.repairs();
    }

    private List<Crowd.Promise> step() {
        switch (random.nextInt(troubled ? 16 : 12)) {
            case 0 -> plant.authority().pass(Duration.ofSeconds(random.nextInt(12)));
            case 1 -> plant.deliver();
            case 2 -> plant.sweep();
            case 3 -> {
                if (random.nextInt(5) == 0) {
                    crowd.fail();
                }
            }
            case 4, 5 -> {
                return together(2 + random.nextInt(5), () -> {});
            }
            case 12 -> plant.crash();
            case 13 -> {
                if (random.nextInt(3) == 0) {
                    return together(4, plant::cutConnections);
                }
            }
            case 14 -> {
                if (random.nextInt(4) == 0) {
                    return stuck();
                }
            }
            default -> {
                return together(1, () -> {});
            }
        }
        return List.of();
    }

    /** Several deeds at once, at both replicas, with something in the middle. */
    private List<Crowd.Promise> together(int count, Runnable middle) {
        var deeds = new ArrayList<CompletionStage<Crowd.Promise>>();
        for (int n = 0; n < count; n++) {
            deeds.add(crowd.deed(plant.any().queue(), tasks));
        }
        middle.run();
        return deeds.stream().map(deed -> join(deed)).toList();
    }

    private List<Crowd.Promise> stuck() {
        var promises = new ArrayList<Crowd.Promise>();
        plant.whileStuck(tasks.get(random.nextInt(tasks.size())), () -> promises.addAll(together(3, () -> {})));
        return promises;
    }

    private void check(List<Crowd.Promise> promises) {
        var page = ledger.read();
        page.steps().forEach(reference::told);
        var standing = new HashMap<>(reference.tasks());
        standing.values().removeIf(task -> task.status().over());
        assertThat(page.rows()).as("rows are where their histories end").isEqualTo(standing);
        promises.forEach(promise -> promise.holdsIn(reference));
    }

    /** What is left is done, helped by nothing but the sweep. */
    private List<Crowd.Promise> finish() {
        var parts = plant.calm();
        join(parts.sweep().run());
        var owner = new Owner("last", plant.authority().register("last", 1_000));
        for (boolean more = true; more; ) {
            var claimed = join(parts.queue()
                    .claim(owner, RequestId.NONE, ClaimFilter.ANY, 50, Duration.ofMinutes(1), Duration.ZERO));
            for (var task : claimed) {
                var hold = new Hold(task.id(), owner.session(), task.hold().token());
                join(parts.queue().finish(hold, new Outcome.Complete("{}")));
            }
            more = !claimed.isEmpty();
        }
        return List.of();
    }

    @Override
    public void close() {
        ledger.close();
        plant.close();
    }
}
