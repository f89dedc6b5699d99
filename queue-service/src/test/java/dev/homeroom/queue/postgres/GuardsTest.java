package dev.homeroom.queue.postgres;

import static dev.homeroom.queue.testing.QueueDatabase.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.queue.core.Cause;
import dev.homeroom.queue.core.ClaimResult;
import dev.homeroom.queue.core.FinishOrder;
import dev.homeroom.queue.core.GrantEnd;
import dev.homeroom.queue.core.GrantedClaim;
import dev.homeroom.queue.core.HeldTask;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.Holder;
import dev.homeroom.queue.core.NewTask;
import dev.homeroom.queue.core.Outcome;
import dev.homeroom.queue.core.Owner;
import dev.homeroom.queue.core.Receipt;
import dev.homeroom.queue.core.Task;
import dev.homeroom.queue.core.TaskGrant;
import dev.homeroom.queue.core.TaskStatus;
import dev.homeroom.queue.core.TaskStore;
import dev.homeroom.queue.testing.QueueDatabase;
import dev.homeroom.queue.testing.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each guard of {@link Guards} against the accident it is there for (R-Q2, R-Q3). */
class GuardsTest {
    private static final Owner A = new Owner("a", 1);
    private static final Owner B = new Owner("b", 1);

    private static QueueDatabase database;
    private static TaskStore store;

    @BeforeAll
    static void start() {
        database = new QueueDatabase();
        store = database.store();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void claimTakesAPendingTask() {
        var id = enqueued(Tasks.task());
        assertThat(claim(A, id, 7)).isInstanceOf(ClaimResult.Applied.class);
        var task = find(id);
        assertThat(task.status()).isEqualTo(TaskStatus.CLAIMED);
        assertThat(task.hold().token()).isEqualTo(7);
        assertThat(task.attempt()).isEqualTo(1);
    }

    @Test
    void claimThatComesLateDoesNotUndoANewerOne() {
        var id = enqueued(Tasks.task());
        claim(B, id, 9);
        assertThat(claim(A, id, 8)).isInstanceOf(ClaimResult.Refused.class);
        assertThat(find(id).hold().session()).isEqualTo("b");
    }

    @Test
    void claimTakesOverWhatTheCoordinatorGrantedAnewBeforeTheOldEndArrived() {
        var id = enqueued(Tasks.task());
        claim(A, id, 5);
        assertThat(claim(B, id, 6)).isInstanceOf(ClaimResult.Applied.class);
        assertThat(finish(id, A, 5, new Outcome.Complete(null))).isEmpty();
        assertThat(finish(id, B, 6, new Outcome.Complete(null))).isPresent();
    }

    @Test
    @DisplayName(
            "R-Q2: a repeat that brings its old grant and the task's next claim, in one set: only the next gets the task")
    void anOldGrantBesideTheNextInOneSet() {
        var written = enqueued(Tasks.task());
        claim(A, written, 21);
        var fresh = enqueued(Tasks.task());
        var results = join(store.claim(List.of(
                granted(A, written, 21), granted(B, written, 22), granted(B, fresh, 24), granted(A, fresh, 23))));
        assertThat(results.get(0)).isInstanceOf(ClaimResult.Refused.class);
        assertThat(results.get(1)).isInstanceOf(ClaimResult.Applied.class);
        assertThat(results.get(2)).isInstanceOf(ClaimResult.Applied.class);
        assertThat(results.get(3)).isInstanceOf(ClaimResult.Refused.class);
        for (var id : List.of(written, fresh)) {
            assertThat(find(id).hold().session()).isEqualTo("b");
        }
    }

    @Test
    void claimOfATaskThatIsNotDueIsRefused() {
        var id = enqueued(Tasks.later(Duration.ofHours(1)));
        assertThat(claim(A, id, 3)).isInstanceOf(ClaimResult.Refused.class);
        assertThat(find(id).status()).isEqualTo(TaskStatus.PENDING);
    }

    @Test
    void repeatOfAClaimIsASuccess() {
        var id = enqueued(Tasks.task());
        claim(A, id, 4);
        assertThat(claim(A, id, 4)).isInstanceOf(ClaimResult.Applied.class);
        assertThat(find(id).attempt()).isEqualTo(1);
    }

    @Test
    void claimAfterTheEndOfItsGrantIsRefused() {
        var id = enqueued(Tasks.task());
        assertThat(ended(id, 11)).containsExactly(id);
        assertThat(claim(A, id, 11)).isInstanceOf(ClaimResult.Refused.class);
        assertThat(find(id).status()).isEqualTo(TaskStatus.PENDING);
        assertThat(claim(B, id, 12)).isInstanceOf(ClaimResult.Applied.class);
    }

    @Test
    void lateEndDoesNotUndoANewerClaim() {
        var id = enqueued(Tasks.task());
        claim(A, id, 20);
        claim(B, id, 21);
        assertThat(ended(id, 20)).isEmpty();
        assertThat(find(id).hold().session()).isEqualTo("b");
    }

    @Test
    void endPutsTheTaskBackAndKeepsWhenItIsDue() {
        var id = enqueued(Tasks.task());
        var due = find(id).runAt();
        claim(A, id, 30);
        assertThat(ended(id, 30)).containsExactly(id);
        assertThat(ended(id, 30)).isEmpty();
        var task = find(id);
        assertThat(task.status()).isEqualTo(TaskStatus.PENDING);
        assertThat(task.runAt()).isEqualTo(due);
        assertThat(finish(id, A, 30, new Outcome.Complete(null))).isEmpty();
    }

    @Test
    void lateEndDoesNotTouchARetryOfTheSameToken() {
        var id = enqueued(Tasks.task());
        claim(A, id, 40);
        assertThat(finish(id, A, 40, new Outcome.Fail("no", true))).isPresent();
        assertThat(ended(id, 40)).isEmpty();
        assertThat(find(id).version()).isEqualTo(3);
    }

    @Test
    void finishNeedsTokenStateAndSession() {
        var id = enqueued(Tasks.task());
        claim(A, id, 50);
        assertThat(finish(id, A, 49, new Outcome.Complete(null))).isEmpty();
        assertThat(finish(id, B, 50, new Outcome.Complete(null))).isEmpty();
        assertThat(finish(id, A, 50, new Outcome.Complete("{\"x\":1}"))).isPresent();
        assertThat(finish(id, A, 50, new Outcome.Complete("{\"x\":2}"))).isEmpty();
        assertThat(join(store.finished(id, 50)).orElseThrow().result()).isEqualTo("{\"x\":1}");
        assertThat(find(id).status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void fenceRefusesAClaimThatIsStillUnderWayAndKeepsOneThatArrived() {
        var late = enqueued(Tasks.task());
        var there = enqueued(Tasks.task());
        var over = enqueued(Tasks.task());
        claim(A, there, 61);
        claim(A, over, 62);
        finish(over, A, 62, new Outcome.Complete(null));
        var releasable = join(store.fence(List.of(held(late, 60), held(there, 61), held(over, 62))));
        assertThat(releasable).extracting(HeldTask::task).containsExactly(late, over);
        assertThat(claim(A, late, 60)).isInstanceOf(ClaimResult.Refused.class);
    }

    @Test
    void failuresGoBackUntilTheAttemptsAreUsedUp() {
        var id = enqueued(Tasks.withAttempts(2));
        claim(A, id, 70);
        assertThat(finish(id, A, 70, new Outcome.Fail("first", true))
                        .orElseThrow()
                        .cause())
                .isEqualTo("retry");
        claim(A, id, 71);
        var last = finish(id, A, 71, new Outcome.Fail("second", true)).orElseThrow();
        assertThat(last.status()).isEqualTo(TaskStatus.FAILED);
        assertThat(last.attempt()).isEqualTo(2);
        assertThat(find(id).error()).isEqualTo("second");
    }

    @Test
    void releaseAndSnoozeDoNotCountAsAttempts() {
        var id = enqueued(Tasks.task());
        claim(A, id, 80);
        finish(id, A, 80, new Outcome.Release());
        claim(A, id, 81);
        var snoozed = finish(id, A, 81, new Outcome.Snooze(Duration.ofHours(1))).orElseThrow();
        assertThat(snoozed.runAt()).isAfter(Instant.now().plusSeconds(3000));
        assertThat(find(id).attempt()).isZero();
        assertThat(claim(A, id, 82)).isInstanceOf(ClaimResult.Refused.class);
    }

    @Test
    void historyIsALineWithoutHoles() {
        var id = enqueued(Tasks.task());
        claim(A, id, 90);
        ended(id, 90);
        claim(B, id, 91);
        finish(id, B, 91, new Outcome.Skip("not needed"));
        var steps = join(store.history(id));
        assertThat(steps).extracting(Receipt::version).containsExactly(1, 2, 3, 4, 5);
        assertThat(steps)
                .extracting(Receipt::cause)
                .containsExactly("enqueued", "claimed", "expired", "claimed", "skipped");
    }

    private static UUID enqueued(NewTask task) {
        join(store.enqueue(List.of(task)));
        return task.id();
    }

    private static ClaimResult claim(Owner owner, UUID id, long token) {
        return join(store.claim(List.of(granted(owner, id, token)))).getFirst();
    }

    private static GrantedClaim granted(Owner owner, UUID id, long token) {
        return new GrantedClaim(
                owner, 0, new TaskGrant(id, token, Instant.now().plusSeconds(60), Duration.ofSeconds(60)));
    }

    private static Optional<Receipt> finish(UUID id, Owner owner, long token, Outcome outcome) {
        var order = new FinishOrder(new Hold(id, owner.session(), token), outcome, 0.5);
        return join(store.finish(List.of(order))).getFirst();
    }

    private static List<UUID> ended(UUID id, long token) {
        return join(store.grantsEnded(List.of(new GrantEnd(id, token, Cause.EXPIRED, "expired"))));
    }

    private static HeldTask held(UUID id, long token) {
        return new HeldTask(id, token, Holder.known("a", 1, null));
    }

    private static Task find(UUID id) {
        return join(store.find(id)).orElseThrow();
    }
}
