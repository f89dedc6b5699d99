package dev.homeroom.queue.postgres;

import static dev.homeroom.queue.testing.QueueDatabase.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.queue.core.Cause;
import dev.homeroom.queue.core.ClaimResult;
import dev.homeroom.queue.core.Enqueued;
import dev.homeroom.queue.core.FinishOrder;
import dev.homeroom.queue.core.GrantEnd;
import dev.homeroom.queue.core.GrantedClaim;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.NewTask;
import dev.homeroom.queue.core.Outcome;
import dev.homeroom.queue.core.Owner;
import dev.homeroom.queue.core.Receipt;
import dev.homeroom.queue.core.TaskGrant;
import dev.homeroom.queue.core.TaskStatus;
import dev.homeroom.queue.core.TaskStore;
import dev.homeroom.queue.testing.QueueDatabase;
import dev.homeroom.queue.testing.Tasks;
import dev.homeroom.queue.upkeep.Deadlines;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a task at its deadline (R-Q1, R-Q4). */
class DeadlineTest {
    private static final Owner A = new Owner("a", 1);

    private final QueueDatabase database = new QueueDatabase();
    private TaskStore store;
    private long token;

    @BeforeEach
    void start() {
        store = database.store();
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void pendingTaskFailsAtItsDeadline() {
        var late = enqueued(soon());
        var open = enqueued(soon());
        var without = enqueued(Tasks.task());
        pass(late);
        assertThat(join(new Deadlines(database.upkeep()).round())).isOne();
        assertThat(status(late)).isEqualTo(TaskStatus.FAILED);
        assertThat(join(store.history(late)).getLast().cause()).isEqualTo("deadline");
        assertThat(status(open)).isEqualTo(TaskStatus.PENDING);
        assertThat(status(without)).isEqualTo(TaskStatus.PENDING);
        assertThat(join(store.counts()).byStatus()).containsEntry(TaskStatus.FAILED, 1L);
    }

    @Test
    void roundsOfReplicasEndEachTaskOnceAndGoOnUntilNothingIsLeft() {
        var tasks = IntStream.range(0, 2_300).mapToObj(_ -> soon()).toList();
        for (int from = 0; from < tasks.size(); from += 500) {
            join(store.enqueue(tasks.subList(from, Math.min(from + 500, tasks.size()))));
        }
        database.sql("UPDATE queue.task_state SET deadline = now() - interval '1 s'");
        var rounds = IntStream.range(0, 3)
                .mapToObj(_ -> new Deadlines(database.upkeep()).round())
                .toList();
        int ended = rounds.stream().mapToInt(QueueDatabase::join).sum();
        assertThat(ended).isEqualTo(2_300);
        assertThat(database.sql("SELECT FROM queue.task_state")).isEmpty();
    }

    @Test
    void claimedTaskMayBeFinishedAfterItsDeadline() {
        var id = enqueued(soon());
        claim(id);
        pass(id);
        assertThat(join(database.upkeep().expire(10))).isZero();
        assertThat(finish(id, new Outcome.Complete("{}")).status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void attemptThatEndsInAnyOtherWayIsTheLast() {
        for (var outcome : List.of(
                new Outcome.Fail("503", true), new Outcome.Release(), new Outcome.Snooze(Duration.ofMinutes(1)))) {
            var id = enqueued(soon());
            claim(id);
            pass(id);
            var step = finish(id, outcome);
            assertThat(step.status()).isEqualTo(TaskStatus.FAILED);
            assertThat(step.cause()).isEqualTo("deadline");
            assertThat(outcome.leaves(
                            join(store.finished(id, token)).orElseThrow().cause()))
                    .as("a repeat is recognised")
                    .isTrue();
        }
        var id = enqueued(soon());
        claim(id);
        pass(id);
        assertThat(finish(id, new Outcome.Fail("broken", false)).cause()).isEqualTo("failed");
    }

    @Test
    void claimThatExpiresAfterTheDeadlineComesBackAndFails() {
        var id = enqueued(soon());
        claim(id);
        pass(id);
        join(store.grantsEnded(List.of(new GrantEnd(id, token, Cause.EXPIRED, "expired"))));
        assertThat(claim(id)).isInstanceOf(ClaimResult.Refused.class);
        join(database.upkeep().expire(10));
        assertThat(join(store.history(id)))
                .extracting(Receipt::cause)
                .containsExactly("enqueued", "claimed", "expired", "deadline");
    }

    @Test
    void taskThatIsLateWhenItComesIsRefusedButARepeatIsRecognised() {
        var past = with(Tasks.keyed("k", "{}"), Instant.now().minusSeconds(1), Duration.ZERO);
        assertThat(join(store.enqueue(List.of(past))).getFirst()).isInstanceOf(Enqueued.Late.class);
        var beforeDue = with(Tasks.task(), Instant.now().plusSeconds(60), Duration.ofMinutes(2));
        var good = with(Tasks.task(), Instant.now().plusSeconds(60), Duration.ofSeconds(2));
        var both = join(store.enqueue(List.of(beforeDue, good)));
        assertThat(both.getFirst()).isInstanceOf(Enqueued.Late.class);
        assertThat(both.getLast()).isInstanceOf(Enqueued.Accepted.class);
        join(store.enqueue(List.of(with(Tasks.keyed("k", "{}"), Instant.now().plusSeconds(60), Duration.ZERO))));
        var repeat = with(Tasks.keyed("k", "{}"), Instant.now().minusSeconds(1), Duration.ZERO);
        assertThat(join(store.enqueue(List.of(repeat))).getFirst()).isInstanceOf(Enqueued.Duplicate.class);
    }

    private static NewTask soon() {
        return with(Tasks.task(), Instant.now().plusSeconds(3600), Duration.ZERO);
    }

    private static NewTask with(NewTask task, @Nullable Instant deadline, Duration delay) {
        return new NewTask(
                task.id(),
                task.type(),
                task.payload(),
                task.key(),
                task.priority(),
                task.lesson(),
                delay,
                null,
                task.maxAttempts(),
                task.limits(),
                task.capabilities(),
                task.resolver(),
                deadline,
                task.by());
    }

    private UUID enqueued(NewTask task) {
        join(store.enqueue(List.of(task)));
        return task.id();
    }

    private void pass(UUID id) {
        database.sql("UPDATE queue.task_state SET deadline = now() - interval '1 s' WHERE id = '" + id + "'");
    }

    private ClaimResult claim(UUID id) {
        var grant = new TaskGrant(id, ++token, Instant.now().plusSeconds(60), Duration.ofSeconds(60));
        return join(store.claim(List.of(new GrantedClaim(A, 0, grant)))).getFirst();
    }

    private Receipt finish(UUID id, Outcome outcome) {
        var order = new FinishOrder(new Hold(id, "a", token), outcome, 0.5);
        return join(store.finish(List.of(order))).getFirst().orElseThrow();
    }

    private TaskStatus status(UUID id) {
        return join(store.find(id)).orElseThrow().status();
    }
}
