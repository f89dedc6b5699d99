package dev.homeroom.queue.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.queue.TaskQueue;
import dev.homeroom.queue.coalesce.Splitting;
import dev.homeroom.queue.core.Cause;
import dev.homeroom.queue.core.ClaimFilter;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.Outcome;
import dev.homeroom.queue.core.Owner;
import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Receipt;
import dev.homeroom.queue.core.Rejection;
import dev.homeroom.queue.core.RequestId;
import dev.homeroom.queue.core.Task;
import dev.homeroom.queue.testing.InMemoryAuthority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that claim and finish. They pause, and finish what is not theirs any more; they lose answers, and ask again with the same
 * seq; they finish twice, alike or otherwise. Each deed answers what must be found in the histories if its answer is true.
 */
final class Crowd {
    /** What an answer says of the histories. */
    @FunctionalInterface
    interface Promise {
        void holdsIn(Reference reference);
    }

    private static final int SESSIONS = 6;
    private static final Duration TTL = Duration.ofSeconds(30);

    /** What a session believes it holds; it may be wrong, as after a pause. */
    private record Work(Owner owner, Hold hold) {}

    private record Asked(Owner owner, RequestId request, int count) {}

    private final Random random;
    private final InMemoryAuthority authority;
    private final Map<String, Owner> owners = new HashMap<>();
    private final Map<String, Long> seqs = new HashMap<>();
    private final List<Work> works = new ArrayList<>();
    private final List<Asked> unanswered = new ArrayList<>();

    Crowd(Random random, InMemoryAuthority authority) {
        this.random = random;
        this.authority = authority;
    }

    /** One deed of one session. */
    CompletionStage<Promise> deed(TaskQueue queue, List<UUID> tasks) {
        return switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> claim(queue, next());
            case 4 -> claimAgain(queue);
            case 5 -> claimOne(queue, tasks.get(random.nextInt(tasks.size())));
            case 6 -> random.nextInt(6) == 0 ? cancel(queue, tasks.get(random.nextInt(tasks.size()))) : renew(queue);
            default -> finish(queue);
        };
    }

    private Asked next() {
        var owner = session();
        var request = RequestId.NONE;
        if (random.nextBoolean()) {
            long seq = seqs.merge(owner.session() + owner.incarnation(), 1L, Long::sum);
            request = new RequestId(seq, seq);
        }
        return new Asked(owner, request, 1 + random.nextInt(4));
    }

    private Owner session() {
        var name = "s" + random.nextInt(SESSIONS);
        if (!owners.containsKey(name) || random.nextInt(20) == 0) {
            owners.put(name, new Owner(name, authority.register(name, 5)));
        }
        return owners.get(name);
    }

    /** A session fails; it may not know. */
    void fail() {
        var name = "s" + random.nextInt(SESSIONS);
        authority.fail(name);
        if (random.nextBoolean()) {
            owners.remove(name);
        }
    }

    private CompletionStage<Promise> claim(TaskQueue queue, Asked asked) {
        return queue.claim(asked.owner(), asked.request(), ClaimFilter.ANY, asked.count(), TTL, Duration.ZERO)
                .handle((tasks, failure) -> {
                    if (failure != null) {
                        expected(failure);
                        unanswered.add(asked);
                        return _ -> {};
                    }
                    tasks.forEach(task -> works.add(work(asked.owner(), task)));
                    return reference -> tasks.forEach(task -> claimed(reference, asked.owner(), task));
                });
    }

    private CompletionStage<Promise> claimAgain(TaskQueue queue) {
        return claim(queue, unanswered.isEmpty() ? next() : unanswered.removeLast());
    }

    private CompletionStage<Promise> claimOne(TaskQueue queue, UUID task) {
        var owner = session();
        return queue.claim(task, owner, RequestId.NONE, TTL).handle((claimed, failure) -> {
            if (failure != null) {
                expected(failure);
                return _ -> {};
            }
            works.add(work(owner, claimed));
            return reference -> claimed(reference, owner, claimed);
        });
    }

    private CompletionStage<Promise> finish(TaskQueue queue) {
        if (works.isEmpty()) {
            return claim(queue, next());
        }
        var work = works.get(random.nextInt(works.size()));
        if (random.nextInt(4) > 0) {
            works.remove(work);
        }
        var outcome = outcome(work.hold().token());
        return queue.finish(work.hold(), outcome).handle((receipt, failure) -> {
            if (failure == null) {
                return reference -> finished(reference, work.hold(), receipt);
            }
            if (expected(failure) instanceof Rejection.StaleToken) {
                return reference -> assertThat(reference.history(work.hold().task()))
                        .as("%s of %s was refused", outcome, work.hold())
                        .noneMatch(step -> step.token() == work.hold().token()
                                && work.hold().session().equals(step.session())
                                && step.cause() != Cause.CLAIMED
                                && outcome.leaves(step.cause().word()));
            }
            return _ -> {};
        });
    }

    private CompletionStage<Promise> renew(TaskQueue queue) {
        if (works.isEmpty()) {
            return claim(queue, next());
        }
        var work = works.get(random.nextInt(works.size()));
        return queue.renew(work.hold(), TTL).handle((_, failure) -> {
            if (failure != null) {
                expected(failure);
            }
            return _ -> {};
        });
    }

    private CompletionStage<Promise> cancel(TaskQueue queue, UUID task) {
        return queue.cancel(task, "not wanted", "olga").handle((receipt, failure) -> {
            if (failure != null) {
                expected(failure);
                return _ -> {};
            }
            return reference -> assertThat(reference.history(task).getLast().cause())
                    .as("cancelled: %s", receipt)
                    .isEqualTo(Cause.CANCELLED);
        });
    }

    private Outcome outcome(long token) {
        return switch (random.nextInt(10)) {
            case 0 -> new Outcome.Fail("at random", true);
            case 1 -> new Outcome.Release();
            case 2 -> new Outcome.Snooze(Duration.ZERO);
            case 3 -> random.nextInt(4) == 0 ? new Outcome.Snooze(Duration.ofHours(1)) : new Outcome.Release();
            case 4 -> random.nextInt(8) == 0 ? new Outcome.Skip("not needed") : new Outcome.Fail("again", true);
            default -> new Outcome.Complete("{\"token\":" + token + "}");
        };
    }

    private static Work work(Owner owner, Task task) {
        return new Work(owner, new Hold(task.id(), owner.session(), task.hold().token()));
    }

    private static void claimed(Reference reference, Owner owner, Task task) {
        assertThat(reference.history(task.id()))
                .as("%s was told that it claimed %s", owner, task)
                .anyMatch(step -> step.cause() == Cause.CLAIMED
                        && step.token() == task.hold().token()
                        && owner.session().equals(step.session()));
    }

    private static void finished(Reference reference, Hold hold, Receipt receipt) {
        var step = reference.history(hold.task()).get(receipt.version() - 1);
        assertThat(step.cause().word()).as("%s got %s", hold, receipt).isEqualTo(receipt.cause());
        assertThat(step.token()).as("%s got %s", hold, receipt).isEqualTo(hold.token());
        assertThat(step.session()).as("%s got %s", hold, receipt).isEqualTo(hold.session());
    }

    /** Whatever fails does so in the queue's words. */
    private static Rejection expected(Throwable failure) {
        @Nullable Throwable cause = Splitting.unwrapped(failure);
        if (cause instanceof QueueException refused) {
            return refused.rejection();
        }
        throw new AssertionError("not in the queue's words", failure);
    }
}
