package dev.homeroom.queue;

import static dev.homeroom.queue.testing.QueueDatabase.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.queue.core.ClaimFilter;
import dev.homeroom.queue.core.Enqueued;
import dev.homeroom.queue.core.GrantedClaim;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.NewTask;
import dev.homeroom.queue.core.Outcome;
import dev.homeroom.queue.core.Owner;
import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Rejection;
import dev.homeroom.queue.core.RequestId;
import dev.homeroom.queue.core.Task;
import dev.homeroom.queue.core.TaskGrant;
import dev.homeroom.queue.core.TaskStatus;
import dev.homeroom.queue.core.TaskStore;
import dev.homeroom.queue.testing.CrashingStore;
import dev.homeroom.queue.testing.InMemoryAuthority;
import dev.homeroom.queue.testing.QueueDatabase;
import dev.homeroom.queue.testing.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole queue on a real database and an authority that a test can trouble. */
class QueueFlowTest {
    private static final Duration TTL = Duration.ofMinutes(10);

    private QueueDatabase database;
    private TaskStore store;
    private InMemoryAuthority authority;
    private Parts parts;
    private TaskQueue queue;
    private Owner a;
    private Owner b;

    @BeforeEach
    void start() {
        database = new QueueDatabase();
        store = database.store();
        authority = new InMemoryAuthority();
        parts = Parts.of(store, authority, Duration.ofSeconds(5), Duration.ZERO);
        queue = parts.queue();
        a = new Owner("a", authority.register("a", 100));
        b = new Owner("b", authority.register("b", 100));
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void priorityGoesBeforeAge() {
        var old = enqueue(Tasks.task("build", 5));
        var urgent = enqueue(Tasks.task("build", 9));
        var young = enqueue(Tasks.task("build", 5));
        assertThat(claim(a, 3)).extracting(Task::id).containsExactlyInAnyOrder(urgent, old, young);
        enqueue(Tasks.task("build", 0));
        var next = enqueue(Tasks.task("build", 1));
        assertThat(claim(a, 1)).extracting(Task::id).containsExactly(next);
    }

    @Test
    void filtersByTypeAndLesson() {
        enqueue(Tasks.task("build", 9));
        var check = enqueue(Tasks.task("check", 1));
        var lesson = enqueue(Tasks.ofLesson("l1"));
        assertThat(claim(a, new ClaimFilter(List.of("check"), null)))
                .extracting(Task::id)
                .containsExactly(check);
        assertThat(claim(a, new ClaimFilter(List.of("build"), "l1")))
                .extracting(Task::id)
                .containsExactly(lesson);
        assertThat(claim(a, new ClaimFilter(List.of(), "l2"))).isEmpty();
    }

    @Test
    void idempotencyKeyGivesTheFirstTaskWhateverBecameOfIt() {
        var first = enqueue(Tasks.keyed("k", "{\"a\":1}"));
        var task = claim(a, 1).getFirst();
        join(queue.finish(hold(a, task), new Outcome.Complete("{\"r\":1}")));
        var repeat = join(queue.enqueue(Tasks.keyed("k", "{\"a\":1}")));
        assertThat(repeat).isInstanceOfSatisfying(Enqueued.Duplicate.class, duplicate -> {
            assertThat(duplicate.task().id()).isEqualTo(first);
            assertThat(duplicate.task().status()).isEqualTo(TaskStatus.COMPLETED);
            assertThat(duplicate.task().result()).isEqualTo("{\"r\":1}");
        });
        assertThat(join(queue.enqueue(Tasks.keyed("k", "{\"a\":2}")))).isInstanceOf(Enqueued.KeyTaken.class);
    }

    @Test
    void manyClaimsAtOnceNeverShareATask() {
        IntStream.range(0, 60).forEach(_ -> enqueue(Tasks.task()));
        var claims = IntStream.range(0, 40)
                .mapToObj(i -> queue.claim(i % 2 == 0 ? a : b, RequestId.NONE, ClaimFilter.ANY, 2, TTL, Duration.ZERO))
                .toList();
        var taken = claims.stream().flatMap(c -> join(c).stream()).map(Task::id).toList();
        assertThat(taken).hasSize(60).doesNotHaveDuplicates();
    }

    @Test
    void sameSeqGetsTheSameTasksAfterALostAnswer() {
        IntStream.range(0, 3).forEach(_ -> enqueue(Tasks.task()));
        var seq = new RequestId(1, 1);
        var first = join(queue.claim(a, seq, ClaimFilter.ANY, 2, TTL, Duration.ZERO));
        var again = join(queue.claim(a, seq, ClaimFilter.ANY, 2, TTL, Duration.ZERO));
        assertThat(again)
                .extracting(Task::id)
                .containsExactlyInAnyOrderElementsOf(
                        first.stream().map(Task::id).toList());
        assertThat(again)
                .extracting(t -> t.hold().token())
                .containsExactlyInAnyOrderElementsOf(
                        first.stream().map(t -> t.hold().token()).toList());
    }

    @Test
    void sameSeqGetsTheGrantWhoseAnswerWasLostOnTheWayFromTheCoordinator() {
        var task = enqueue(Tasks.task());
        var seq = new RequestId(1, 1);
        authority.losingAnswers(() -> true);
        assertRejected(
                Rejection.Unavailable.class, () -> join(queue.claim(a, seq, ClaimFilter.ANY, 1, TTL, Duration.ZERO)));
        authority.losingAnswers(() -> false);
        assertThat(join(queue.claim(a, seq, ClaimFilter.ANY, 1, TTL, Duration.ZERO)))
                .extracting(Task::id)
                .containsExactly(task);
    }

    @Test
    void repeatOfAFinishIsAnsweredTheSameAndAnotherIsStale() {
        enqueue(Tasks.task());
        var task = claim(a, 1).getFirst();
        var receipt = join(queue.finish(hold(a, task), new Outcome.Complete("{\"r\":1}")));
        assertThat(join(queue.finish(hold(a, task), new Outcome.Complete("{\"r\":2}"))))
                .isEqualTo(receipt);
        assertRejected(
                Rejection.StaleToken.class, () -> join(queue.finish(hold(a, task), new Outcome.Fail("no", true))));
        assertRejected(
                Rejection.NotFound.class,
                () -> join(queue.finish(new Hold(UUID.randomUUID(), "a", 1), new Outcome.Release())));
    }

    @Test
    void theCoordinatorIsToldWhatCameOfEachAttempt_R_S8() {
        IntStream.range(0, 5).forEach(_ -> enqueue(Tasks.task()));
        var outcomes = List.of(
                new Outcome.Complete(null),
                new Outcome.Skip("not needed"),
                new Outcome.Fail("no", true),
                new Outcome.Release(),
                new Outcome.Snooze(Duration.ofHours(1)));
        var tasks = claim(a, 5);
        for (int i = 0; i < tasks.size(); i++) {
            join(queue.finish(hold(a, tasks.get(i)), outcomes.get(i)));
        }
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(authority.results())
                        .containsExactlyInAnyOrder(
                                Hold.Result.DONE,
                                Hold.Result.DONE,
                                Hold.Result.FAILED,
                                Hold.Result.NONE,
                                Hold.Result.NONE));
    }

    @Test
    void lateFinishAfterExpiryNamesThePresentHolder() {
        enqueue(Tasks.task());
        var task = claim(a, 1).getFirst();
        authority.pass(TTL.plusSeconds(1));
        join(store.grantsEnded(authority.takeEnds()));
        var again = claim(b, 1).getFirst();
        assertThat(again.id()).isEqualTo(task.id());
        assertThat(again.hold().token()).isGreaterThan(task.hold().token());
        assertThatThrownBy(() -> join(queue.finish(hold(a, task), new Outcome.Complete(null))))
                .cause()
                .isInstanceOfSatisfying(
                        QueueException.class,
                        e -> assertThat(e.rejection())
                                .isInstanceOfSatisfying(
                                        Rejection.StaleToken.class,
                                        stale -> assertThat(Objects.requireNonNull(stale.holder())
                                                        .host())
                                                .isEqualTo("host-b")));
        join(queue.finish(hold(b, again), new Outcome.Complete(null)));
    }

    @Test
    void retryComesBackAndCanBeClaimedAgain() {
        enqueue(Tasks.task());
        var task = claim(a, 1).getFirst();
        assertThat(join(queue.finish(hold(a, task), new Outcome.Fail("no", true)))
                        .cause())
                .isEqualTo("retry");
        await().atMost(Duration.ofSeconds(5)).until(() -> !claim(b, 1).isEmpty());
        assertThat(find(task.id()).attempt()).isEqualTo(2);
    }

    @Test
    void waitingClaimGetsWhatIsEnqueuedAndGivesUpInTime() {
        var waiting = queue.claim(a, RequestId.NONE, ClaimFilter.ANY, 1, TTL, Duration.ofSeconds(20));
        await().until(() -> parts.waiting().size() == 1);
        var id = enqueue(Tasks.task());
        assertThat(join(waiting)).extracting(Task::id).containsExactly(id);
        var vain = queue.claim(b, RequestId.NONE, ClaimFilter.ANY, 1, TTL, Duration.ofMillis(30));
        await().until(() -> {
            parts.waiting().tick();
            return vain.isDone();
        });
        assertThat(join(vain)).isEmpty();
    }

    @Test
    void whoeverHungUpWhileWaitingGetsNothing() {
        CompletableFuture<List<Task>> gone =
                queue.claim(a, RequestId.NONE, ClaimFilter.ANY, 1, TTL, Duration.ofSeconds(20));
        await().until(() -> parts.waiting().size() == 1);
        gone.cancel(false);
        var id = enqueue(Tasks.task());
        await().until(() -> claim(b, 1).stream().anyMatch(t -> t.id().equals(id)));
    }

    @Test
    void sessionThatMayNotClaimIsToldSoEvenWhenNothingIsDue() {
        authority.fail("b");
        assertRejected(Rejection.Refused.class, () -> claim(b, 1));
        assertThatThrownBy(() -> claim(new Owner("x", 1), 1))
                .cause()
                .isInstanceOfSatisfying(
                        QueueException.class,
                        e -> assertThat(e.rejection())
                                .isInstanceOfSatisfying(
                                        Rejection.Refused.class,
                                        refused -> assertThat(refused.problem().type())
                                                .isEqualTo(ProblemType.NOT_FOUND.urn())));
    }

    @Test
    void withoutTheCoordinatorTasksComeInAndFinishButNobodyClaims() {
        enqueue(Tasks.task());
        var task = claim(a, 1).getFirst();
        authority.away(true);
        enqueue(Tasks.task());
        assertRejected(Rejection.Unavailable.class, () -> claim(b, 1));
        join(queue.finish(hold(a, task), new Outcome.Complete(null)));
        assertThat(parts.releases().waiting()).isPositive();
        authority.away(false);
        await().until(() -> join(authority.holder(task.id())).isEmpty());
        assertThat(claim(b, 1)).hasSize(1);
    }

    @Test
    void aNumberedClaimThatGotNothingAtFirstIsServedWhileItWaits() {
        enqueue(Tasks.task());
        var c = new Owner("c", authority.register("c", 1));
        var task = claim(c, 1).getFirst();
        var next = enqueue(Tasks.task());
        var waiting = queue.claim(c, new RequestId(1, 1), ClaimFilter.ANY, 1, TTL, Duration.ofSeconds(20));
        await().until(() -> parts.waiting().size() == 1);
        join(queue.finish(hold(c, task), new Outcome.Complete(null)));
        await().until(() -> {
            parts.waiting().tick();
            return waiting.isDone();
        });
        assertThat(join(waiting)).extracting(Task::id).containsExactly(next);
    }

    @Test
    void particularTaskIsClaimedOrSaysWhyNot() {
        var id = enqueue(Tasks.task());
        assertThat(join(queue.claim(id, a, RequestId.NONE, TTL)).id()).isEqualTo(id);
        assertRejected(Rejection.Held.class, () -> join(queue.claim(id, b, RequestId.NONE, TTL)));
        var later = enqueue(Tasks.later(Duration.ofHours(1)));
        assertRejected(Rejection.NotDue.class, () -> join(queue.claim(later, a, RequestId.NONE, TTL)));
        join(queue.finish(hold(a, find(id)), new Outcome.Complete(null)));
        assertRejected(Rejection.Finished.class, () -> join(queue.claim(id, b, RequestId.NONE, TTL)));
    }

    @Test
    void renewalMovesTheDeadlineAndEndsWithTheClaim() {
        enqueue(Tasks.task());
        var task = claim(a, 1).getFirst();
        authority.pass(Duration.ofMinutes(9));
        join(queue.renew(hold(a, task), TTL));
        authority.pass(Duration.ofMinutes(9));
        assertThat(authority.takeEnds()).isEmpty();
        join(queue.finish(hold(a, task), new Outcome.Complete(null)));
        assertRejected(Rejection.StaleToken.class, () -> join(queue.renew(hold(a, task), TTL)));
    }

    @Test
    void cancelTakesATaskFromWhoeverHoldsIt() {
        enqueue(Tasks.task());
        var task = claim(a, 1).getFirst();
        var receipt = join(queue.cancel(task.id(), "not wanted", "olga"));
        assertThat(receipt.status()).isEqualTo(TaskStatus.CANCELLED);
        assertThat(join(queue.cancel(task.id(), null, "olga"))).isEqualTo(receipt);
        assertRejected(Rejection.StaleToken.class, () -> join(queue.finish(hold(a, task), new Outcome.Complete(null))));
        await().until(() -> join(authority.holder(task.id())).isEmpty());
    }

    @Test
    void healthyRunNeedsNoRepair() {
        IntStream.range(0, 20).forEach(_ -> enqueue(Tasks.task()));
        for (var task : claim(a, 10)) {
            join(queue.finish(hold(a, task), new Outcome.Complete(null)));
        }
        claim(b, 5);
        await().until(() -> parts.releases().waiting() == 0);
        authority.pass(Duration.ofSeconds(30));
        join(parts.sweep().run());
        assertThat(parts.repairs().total()).isZero();
    }

    @Test
    void sweepFencesAGrantWhoseClaimNeverArrived() {
        var id = enqueue(Tasks.task());
        var crashing = CrashingStore.of(store, method -> method.equals("claim"), _ -> false);
        var crashed = Parts.of(crashing, authority, TTL, TTL);
        assertRejected(Rejection.Held.class, () -> join(crashed.queue().claim(id, a, RequestId.NONE, TTL)));
        authority.pass(Duration.ofSeconds(1));
        join(parts.sweep().run());
        assertThat(parts.repairs().total()).as("it may still be on its way").isZero();
        authority.pass(Duration.ofSeconds(6));
        var token = join(authority.holder(id)).orElseThrow().token();
        join(parts.sweep().run());
        assertThat(parts.repairs().grants()).isOne();
        var late = new TaskGrant(id, token, Instant.now(), TTL);
        join(store.claim(List.of(new GrantedClaim(a, 0, late))));
        assertThat(find(id).status()).isEqualTo(TaskStatus.PENDING);
        assertThat(claim(b, 1)).extracting(Task::id).containsExactly(id);
    }

    @Test
    void sweepPutsBackWhatLostItsGrantWithoutAnyEvent() {
        enqueue(Tasks.task());
        var task = claim(a, 1).getFirst();
        authority.fail("a");
        authority.takeEnds();
        join(parts.sweep().run());
        assertThat(parts.repairs().rows()).isOne();
        assertThat(claim(b, 1)).extracting(Task::id).containsExactly(task.id());
    }

    @Test
    void coordinatorFromAnOlderBackupIsToldTheFloor() {
        enqueue(Tasks.task());
        authority.restoreTokens(5_000);
        var task = claim(a, 1).getFirst();
        join(queue.finish(hold(a, task), new Outcome.Fail("again", true)));
        await().until(() -> parts.releases().waiting() == 0);
        authority.restoreTokens(7);
        await().until(() -> !claim(b, 1).isEmpty());
        assertThat(find(task.id()).hold().token()).isGreaterThan(task.hold().token());
    }

    private UUID enqueue(NewTask task) {
        assertThat(join(queue.enqueue(task))).isInstanceOf(Enqueued.Accepted.class);
        return task.id();
    }

    private List<Task> claim(Owner owner, int count) {
        return join(queue.claim(owner, RequestId.NONE, ClaimFilter.ANY, count, TTL, Duration.ZERO));
    }

    private List<Task> claim(Owner owner, ClaimFilter filter) {
        return join(queue.claim(owner, RequestId.NONE, filter, 1, TTL, Duration.ZERO));
    }

    private Task find(UUID id) {
        return join(queue.find(id));
    }

    private static Hold hold(Owner owner, Task task) {
        return new Hold(task.id(), owner.session(), task.hold().token());
    }

    private static void assertRejected(Class<? extends Rejection> rejection, ThrowingCallable call) {
        assertThatThrownBy(call)
                .cause()
                .isInstanceOfSatisfying(
                        QueueException.class, e -> assertThat(e.rejection()).isInstanceOf(rejection));
    }
}
