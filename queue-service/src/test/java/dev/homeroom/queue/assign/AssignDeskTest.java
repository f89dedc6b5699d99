package dev.homeroom.queue.assign;

import static dev.homeroom.queue.testing.QueueDatabase.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.queue.Parts;
import dev.homeroom.queue.core.Assignment;
import dev.homeroom.queue.core.ClaimFilter;
import dev.homeroom.queue.core.FinishOrder;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.NewTask;
import dev.homeroom.queue.core.Outcome;
import dev.homeroom.queue.core.Owner;
import dev.homeroom.queue.core.Place;
import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Receipt;
import dev.homeroom.queue.core.Rejection;
import dev.homeroom.queue.core.RequestId;
import dev.homeroom.queue.core.Task;
import dev.homeroom.queue.core.TaskStatus;
import dev.homeroom.queue.core.TaskStore;
import dev.homeroom.queue.testing.CrashingStore;
import dev.homeroom.queue.testing.InMemoryAuthority;
import dev.homeroom.queue.testing.QueueDatabase;
import dev.homeroom.queue.testing.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks are given to sessions, and taken from them (R-Q6, R-Q3), on a real database. */
class AssignDeskTest {
    private static final Duration TTL = Duration.ofMinutes(10);

    private QueueDatabase database;
    private TaskStore store;
    private InMemoryAuthority authority;
    private Parts parts;
    private Owner a;
    private Owner b;

    @BeforeEach
    void start() {
        database = new QueueDatabase();
        store = database.store();
        authority = new InMemoryAuthority();
        parts = parts(store);
        a = new Owner("a", authority.register("a", 100));
        b = new Owner("b", authority.register("b", 1, "sql"));
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void theAssignedTaskIsClaimedByTheSessionWhichIsTold() {
        var id = enqueue(Tasks.task());
        var assignment = assign(id, null, null);
        assertThat(assignment.holder().session()).isEqualTo("a");
        assertThat(assignment.score().total()).isEqualTo(7);
        var task = assignment.task();
        assertThat(task.status()).isEqualTo(TaskStatus.CLAIMED);
        assertThat(task.attempt()).isEqualTo(1);
        assertThat(task.hold().session()).isEqualTo("a");
        assertThat(authority.beat("a")).containsExactly(id);
        assertThat(authority.beat("a", task.hold().token())).isEmpty();
        join(parts.queue().finish(hold(a, task), new Outcome.Complete(null)));
        assertThat(causes(id)).containsExactly("enqueued", "claimed", "completed");
    }

    @Test
    void theSessionMayClaimWhatItWasGivenBeforeAndAfterItHasHeardOfIt() {
        var id = enqueue(Tasks.task());
        long token = assign(id, "a", null).task().hold().token();
        var unheard = join(parts.queue().claim(id, a, new RequestId(1, 1), TTL));
        assertThat(unheard.hold().token()).isEqualTo(token);
        authority.beat("a", token);
        var heard = join(parts.queue().claim(id, a, RequestId.NONE, TTL));
        assertThat(heard.hold().token()).isEqualTo(token);
        assertThat(heard.attempt()).isEqualTo(1);
        assertRejected(Rejection.Held.class, () -> join(parts.queue().claim(id, b, RequestId.NONE, TTL)));
    }

    @Test
    void whatASessionClaimedItselfIsNotGivenToItTwice() {
        var id = enqueue(Tasks.task());
        join(parts.queue().claim(id, a, RequestId.NONE, TTL));
        assertRejected(Rejection.Held.class, () -> join(parts.queue().claim(id, a, RequestId.NONE, TTL)));
    }

    @Test
    void theSameAgainIsTheSameAssignment() {
        var id = enqueue(Tasks.task());
        var first = assign(id, null, "r");
        assertThat(assign(id, null, "r")).isEqualTo(first);
        assertThat(assign(id, null, null)).isEqualTo(first);
        assertThat(assign(id, "a", null)).isEqualTo(first);
        assertRejected(Rejection.Refused.class, () -> assign(id, "b", null));
        assertThat(causes(id)).containsExactly("enqueued", "claimed");
    }

    @Test
    void aLostAnswerOfTheCoordinatorIsMadeGoodByTheRepeat() {
        var id = enqueue(Tasks.task());
        authority.losingAnswers(() -> true);
        assertRejected(Rejection.Unavailable.class, () -> assign(id, null, "r"));
        authority.losingAnswers(() -> false);
        assertThat(assign(id, null, "r").task().status()).isEqualTo(TaskStatus.CLAIMED);
        assertThat(causes(id)).containsExactly("enqueued", "claimed");
    }

    @Test
    void aLostAnswerOfTheDatabaseIsMadeGoodByTheRepeat() {
        var id = enqueue(Tasks.task());
        var losing = parts(CrashingStore.of(store, _ -> false, "claim"::equals));
        assertRejected(Rejection.TimedOut.class, () -> join(losing.assigning().assign(id, "a", TTL, "r")));
        assertThat(assign(id, "a", "r").task().attempt()).isEqualTo(1);
        join(parts.sweep().run());
        assertThat(parts.repairs().total()).isZero();
    }

    @Test
    void aCrashBetweenGrantAndRowIsRepairedByTheSweep() {
        var id = enqueue(Tasks.task());
        var crashing = parts(CrashingStore.of(store, "claim"::equals, _ -> false));
        assertRejected(Rejection.TimedOut.class, () -> join(crashing.assigning().assign(id, "a", TTL, "r")));
        authority.pass(Duration.ofSeconds(6));
        join(parts.sweep().run());
        assertThat(parts.repairs().grants()).isOne();
        assertThat(authority.beat("a")).isEmpty();
        // The assignment of that request is over for good; whoever still wants it asks anew.
        assertRejected(Rejection.Ungranted.class, () -> assign(id, "a", "r"));
        assertThat(assign(id, "a", "r2").task().attempt()).isEqualTo(1);
    }

    @Test
    void aTaskThatTheSessionNeverBeginsComesBack() {
        var id = enqueue(Tasks.task());
        long token = assign(id, "a", null).task().hold().token();
        authority.pass(Duration.ofSeconds(29));
        assertThat(authority.takeEnds()).isEmpty();
        authority.pass(Duration.ofSeconds(1));
        join(store.grantsEnded(authority.takeEnds()));
        assertThat(join(store.history(id)).getLast())
                .extracting(Receipt::cause, Receipt::session, Receipt::reason)
                .containsExactly("expired", "a", "unconfirmed");
        var other = join(parts.queue().claim(b, RequestId.NONE, ClaimFilter.ANY, 1, TTL, Duration.ZERO));
        assertThat(other).extracting(Task::id).containsExactly(id);
        assertThat(other.getFirst().hold().token()).isGreaterThan(token);
    }

    @Test
    void aTaskThatIsOverNotDueOrHeldIsNotAssigned() {
        var done = enqueue(Tasks.task());
        var task = assign(done, "a", "r").task();
        join(parts.queue().finish(hold(a, task), new Outcome.Complete(null)));
        assertRejected(Rejection.Finished.class, () -> assign(done, "b", null));
        assertRejected(Rejection.Finished.class, () -> assign(done, "a", "r"));
        assertRejected(Rejection.NotDue.class, () -> assign(enqueue(Tasks.later(Duration.ofHours(1))), "a", null));
        assertRejected(Rejection.NotFound.class, () -> assign(UUID.randomUUID(), "a", null));
        assertThat(authority.beat("b")).isEmpty();
    }

    @Test
    void theCoordinatorSaysWhyNobodyGetsIt() {
        var hard = enqueue(Tasks.requiring("cobol"));
        assertThat(refusal(() -> assign(hard, null, null))).isEqualTo(ProblemType.NONE_AVAILABLE.urn());
        assertThat(refusal(() -> assign(hard, "nobody", null))).isEqualTo(ProblemType.NOT_FOUND.urn());
        var sql = enqueue(Tasks.requiring("sql"));
        assertThat(assign(sql, null, null).holder().session()).isEqualTo("b");
        assertThat(refusal(() -> assign(enqueue(Tasks.requiring("sql")), null, null)))
                .isEqualTo(ProblemType.NONE_AVAILABLE.urn());
    }

    @Test
    void whereATaskWasWorkedOnIsKeptForTheNextChoice() {
        var id = enqueue(Tasks.task());
        var task = assign(id, "a", null).task();
        join(parts.queue().finish(hold(a, task), new Outcome.Fail("no", true)));
        assertThat(join(store.candidate(id)).orElseThrow().last()).isEqualTo(new Place("host-a", "repo-a"));
        join(parts.queue().claim(id, b, RequestId.NONE, TTL));
        assertThat(join(store.candidate(id)).orElseThrow().last()).isEqualTo(new Place("host-b", "repo-b"));
    }

    @Test
    void theHolderOfATaskThatIsCalledOffIsTold() {
        var id = enqueue(Tasks.task());
        var task = join(parts.queue().claim(id, a, RequestId.NONE, TTL));
        join(parts.queue().cancel(id, "not needed any more", "olga"));
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(authority.revoked("a")).containsExactly(id + " cancelled"));
        join(store.grantsEnded(authority.takeEnds()));
        assertThatThrownBy(() -> join(parts.queue().finish(hold(a, task), new Outcome.Complete(null))))
                .cause()
                .isInstanceOfSatisfying(
                        QueueException.class,
                        e -> assertThat(e.rejection())
                                .isInstanceOfSatisfying(
                                        Rejection.StaleToken.class,
                                        stale -> assertThat(stale.state()).isEqualTo("cancelled")));
        assertThat(causes(id)).containsExactly("enqueued", "claimed", "cancelled");
    }

    @Test
    void theHolderIsToldEvenIfTheReplicaThatCalledItOffIsGone() {
        var id = enqueue(Tasks.task());
        join(parts.queue().claim(id, a, RequestId.NONE, TTL));
        var given = enqueue(Tasks.task());
        var done = join(parts.queue().claim(given, a, RequestId.NONE, TTL));
        join(store.cancel(id, null, "olga"));
        join(store.finish(List.of(new FinishOrder(hold(a, done), new Outcome.Complete(null), 0))));
        authority.pass(Duration.ofSeconds(6));
        join(parts.sweep().run());
        assertThat(authority.revoked("a")).containsExactly(id + " cancelled");
        assertThat(parts.repairs().grants()).isEqualTo(2);
    }

    private Parts parts(TaskStore on) {
        return Parts.of(on, authority, Duration.ofSeconds(5), Duration.ZERO);
    }

    private UUID enqueue(NewTask task) {
        join(store.enqueue(List.of(task)));
        return task.id();
    }

    private Assignment assign(UUID task, @Nullable String session, @Nullable String requestId) {
        return join(parts.assigning().assign(task, session, TTL, requestId));
    }

    private List<String> causes(UUID task) {
        return join(store.history(task)).stream().map(Receipt::cause).toList();
    }

    private static Hold hold(Owner owner, Task task) {
        return new Hold(task.id(), owner.session(), task.hold().token());
    }

    private static Rejection rejection(ThrowingCallable call) {
        if (catchThrowable(call).getCause() instanceof QueueException e) {
            return e.rejection();
        }
        throw new AssertionError("not rejected");
    }

    private static String refusal(ThrowingCallable call) {
        var rejection = rejection(call);
        assertThat(rejection).isInstanceOf(Rejection.Refused.class);
        return ((Rejection.Refused) rejection).problem().type();
    }

    private static void assertRejected(Class<? extends Rejection> kind, ThrowingCallable call) {
        assertThat(rejection(call)).isInstanceOf(kind);
    }
}
