package dev.homeroom.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.coordinator.core.Rejection.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WaitTest {
    private final Bench bench = new Bench();
    private final SessionView anna = bench.register("anna");
    private final SessionView bert = bench.register("bert");
    private final SessionView carl = bench.register("carl");

    private Command.Acquire numbered(SessionView session, long seq, String attachment) {
        return Bench.with(session, Kind.LOCK, "l", new Request(seq, 1), Terms.waiting(60_000, attachment));
    }

    @Test
    void aReleaseGivesTheLockToTheFirstInTheQueue_R_L2() {
        GrantView held = bench.lock(anna, "l");
        Answer.Waiting first = bench.waits(bert, "l");
        Answer.Waiting second = bench.waits(carl, "l");
        assertThat(first.position()).isEqualTo(1);
        assertThat(second.position()).isEqualTo(2);
        assertThat(first.remainingMillis()).isEqualTo(60_000);
        assertThat(first.holder())
                .isNotNull()
                .satisfies(h -> assertThat(h.session()).isEqualTo("anna"));
        bench.run(Bench.release(anna, held));
        GrantView granted = bench.granted(first);
        assertThat(granted.holder().session()).isEqualTo("bert");
        assertThat(granted.token()).isGreaterThan(held.token());
        assertThat(bench.ends).doesNotContainKey(second.ticket());
        bench.run(Bench.release(bert, granted));
        assertThat(bench.granted(second).token()).isGreaterThan(granted.token());
        assertThat(bench.state().waiterCount()).isZero();
    }

    @Test
    void nobodyOvertakesThoseWhoWait_R_L2() {
        bench.run(new Command.SetLimit("k", 2));
        bench.run(Bench.acquire(anna, Kind.LIMIT, "k"));
        bench.run(new Command.Acquire("anna", 1, Request.NONE, Kind.LIMIT, "k", "2", 0));
        bench.run(Bench.waiting(bert, Kind.LIMIT, "k", Request.NONE, 60_000), Answer.Waiting.class);
        // One that must wait elsewhere keeps its place here.
        bench.lock(anna, "x");
        bench.run(Bench.all(bert, Request.NONE, Terms.waiting(60_000, "a"), "x", "y"), Answer.Waiting.class);
        Rejection rejection = bench.run(Bench.acquire(carl, Kind.LOCK, "y"), Answer.Rejected.class)
                .rejection();
        assertThat(rejection.reason()).isEqualTo(Reason.HELD);
        assertThat(rejection.queuePosition()).isEqualTo(2);
        Answer.TasksClaimed claimed = bench.run(Bench.claim(carl, 1, Bench.task("1", "k")), Answer.TasksClaimed.class);
        assertThat(claimed.exhausted()).containsExactly("k");
    }

    @Test
    void aWaitThatRunsOutSaysWhoHoldsItAndHowFarItCame_R_L3() {
        bench.lock(anna, "l");
        bench.run(Bench.waiting(bert, Kind.LOCK, "l", Request.NONE, 20_000));
        Answer.Waiting second = bench.run(numbered(carl, 1, "a"), Answer.Waiting.class);
        Command.Acquire third = Bench.waiting(bert, Kind.LOCK, "l", new Request(1, 1), 5_000);
        Answer.Waiting waiting = bench.run(third, Answer.Waiting.class);
        assertThat(second.position()).isEqualTo(2);
        bench.pass(4_500);
        assertThat(bench.ends).isEmpty();
        bench.pass(500);
        Rejection rejection = bench.rejected(waiting);
        assertThat(rejection.reason()).isEqualTo(Reason.HELD);
        assertThat(rejection.queuePosition()).isEqualTo(3);
        assertThat(rejection.retryAfterMillis()).isBetween(1_000L, 30_000L);
        assertThat(rejection.holder())
                .isNotNull()
                .satisfies(h -> assertThat(h.session()).isEqualTo("anna"));
        assertThat(bench.run(third)).isEqualTo(new Answer.Rejected(rejection));
        assertThat(bench.ends).hasSize(1);
    }

    @Test
    void aWaitEndsWithItsSessionAndNothingIsGrantedOnALeaseThatIsOver_R_L2() {
        GrantView held = bench.lock(anna, "l");
        bench.beat(bert);
        Answer.Waiting first = bench.waits(bert, "l");
        Answer.Waiting second = bench.waits(carl, "l");
        // Nobody has ended bert's lease yet: the trap of a waiter that is granted anyway.
        for (int i = 0; i < 31; i++) {
            bench.apply(1_000, List.of());
            bench.beat(anna);
            bench.beat(carl);
        }
        bench.run(Bench.release(anna, held));
        assertThat(bench.rejected(first).reason()).isEqualTo(Reason.SESSION_ENDED);
        assertThat(bench.granted(second).holder().session()).isEqualTo("carl");
        Answer.Waiting third = bench.waits(anna, "l");
        bench.run(new Command.ReleaseSession("anna", 0));
        assertThat(bench.rejected(third).reason()).isEqualTo(Reason.SESSION_ENDED);
    }

    @Test
    void aSubmissionAgainKeepsThePlaceAndOnlyTheLastOneMayCancel_R_L2() {
        bench.lock(anna, "l");
        Answer.Waiting first = bench.run(numbered(bert, 1, "one"), Answer.Waiting.class);
        bench.waits(carl, "l");
        Answer.Waiting again = bench.run(numbered(bert, 1, "two"), Answer.Waiting.class);
        assertThat(again).isEqualTo(first);
        Command.CancelWait late = new Command.CancelWait("bert", 1, first.ticket(), "one");
        assertThat(bench.run(late)).isEqualTo(new Answer.WaitCancelled(false));
        Command.CancelWait present = new Command.CancelWait("bert", 1, first.ticket(), "two");
        assertThat(bench.run(present)).isEqualTo(new Answer.WaitCancelled(true));
        assertThat(bench.ends).containsKey(first.ticket());
        // Nothing is kept: the seq may queue anew, at the end.
        Answer.Waiting anew = bench.run(numbered(bert, 1, "three"), Answer.Waiting.class);
        assertThat(anew.position()).isEqualTo(2);
        assertThat(anew.ticket()).isNotEqualTo(first.ticket());
        assertThat(bench.waits(carl, "l").position()).isEqualTo(1);
    }

    @Test
    void aGrantToAWaiterIsProvisionalUntilTheSessionShowsThatItKnows_R_L2() {
        GrantView held = bench.lock(anna, "l");
        Answer.Waiting first = bench.run(numbered(bert, 1, "a"), Answer.Waiting.class);
        Answer.Waiting second = bench.run(numbered(carl, 1, "a"), Answer.Waiting.class);
        bench.run(Bench.release(anna, held));
        GrantView unheard = bench.granted(first);
        bench.pass(20_000);
        bench.beat(bert);
        bench.pass(9_500);
        // The same seq asked again is answered the same, and the promise begins anew.
        assertThat(bench.run(numbered(bert, 1, "b"), Answer.Granted.class)
                        .grant()
                        .token())
                .isEqualTo(unheard.token());
        bench.pass(20_000);
        bench.beat(bert);
        bench.beat(carl);
        bench.pass(9_500);
        assertThat(bench.ends).doesNotContainKey(second.ticket());
        bench.pass(500);
        GrantView next = bench.granted(second);
        assertThat(bench.beat(bert).revoked())
                .containsExactly(new Answer.Revocation(Kind.LOCK, "l", unheard.token(), EndReason.UNCONFIRMED));
        bench.run(new Command.Heartbeat("carl", 1, 2, -1, List.of()));
        bench.pass(20_000);
        assertThat(bench.lock(carl, "l").token()).isEqualTo(next.token());
        // Undone, so asked again it is executed again.
        assertThat(bench.run(numbered(bert, 1, "c"))).isInstanceOf(Answer.Waiting.class);
    }

    @Test
    void aGrantToAWaiterIsConfirmedByNameWhileAnOlderRequestStaysOpen_R_L2() {
        bench.lock(anna, "x");
        GrantView held = bench.lock(anna, "l");
        Command older = Bench.with(bert, Kind.LOCK, "x", new Request(1, 1), Terms.waiting(60_000, "a"));
        bench.run(older, Answer.Waiting.class);
        Answer.Waiting waiting = bench.run(numbered(bert, 2, "a"), Answer.Waiting.class);
        bench.run(Bench.release(anna, held));
        GrantView granted = bench.granted(waiting);
        bench.run(new Command.Heartbeat("bert", 1, 1, -1, List.of(granted.token())));
        bench.pass(20_000);
        bench.beat(bert);
        bench.pass(20_000);
        assertThat(bench.lock(bert, "l").token()).isEqualTo(granted.token());
    }

    @Test
    void aRenewalOrACancellationSettlesAProvisionalGrant_R_L2() {
        GrantView held = bench.lock(anna, "l");
        Answer.Waiting waiting = bench.run(numbered(bert, 1, "a"), Answer.Waiting.class);
        bench.run(Bench.release(anna, held));
        GrantView granted = bench.granted(waiting);
        bench.run(new Command.Renew("bert", 1, Request.NONE, Kind.LOCK, "l", granted.token(), 0));
        Command.CancelWait cancel = new Command.CancelWait("bert", 1, waiting.ticket(), "a");
        assertThat(bench.run(cancel)).isEqualTo(new Answer.WaitCancelled(false));
        bench.run(Bench.release(bert, granted));

        held = bench.lock(anna, "m");
        Answer.Waiting plain = bench.waits(bert, "m");
        bench.run(Bench.release(anna, held));
        bench.granted(plain);
        assertThat(bench.run(new Command.CancelWait("bert", 1, plain.ticket(), "a1")))
                .isEqualTo(new Answer.WaitCancelled(true));
        assertThat(bench.lock(carl, "m").token()).isPositive();
    }

    @Test
    void withoutASeqAGrantToAWaiterStays_R_L2() {
        GrantView held = bench.lock(anna, "l");
        Answer.Waiting waiting = bench.waits(bert, "l");
        assertThat(bench.waits(bert, "l").ticket()).isEqualTo(waiting.ticket());
        bench.run(Bench.release(anna, held));
        GrantView granted = bench.granted(waiting);
        bench.pass(20_000);
        bench.beat(bert);
        bench.pass(12_000);
        assertThat(bench.run(new Command.CancelWait("bert", 1, waiting.ticket(), "a1")))
                .isEqualTo(new Answer.WaitCancelled(false));
        assertThat(bench.lock(bert, "l").token()).isEqualTo(granted.token());
    }

    @Test
    void aSessionThatWentOnWithoutItsRequestDoesNotWaitAnyMore_R_L2() {
        bench.lock(anna, "l");
        Answer.Waiting waiting = bench.run(numbered(bert, 1, "a"), Answer.Waiting.class);
        bench.run(new Command.Heartbeat("bert", 1, 2, -1, List.of()));
        assertThat(bench.rejected(waiting).reason()).isEqualTo(Reason.REQUEST_TOO_OLD);
        assertThat(bench.refused(numbered(bert, 1, "b"))).isEqualTo(Reason.REQUEST_TOO_OLD);
    }

    @Test
    void aRefusalThatIsNotTheLastTryIsNotKept_R_L2() {
        GrantView held = bench.lock(anna, "l");
        Terms trying = new Terms(Strategy.RETRY, 0, false, "", 0, Map.of(), "", "");
        Command.Acquire acquire = Bench.with(bert, Kind.LOCK, "l", new Request(1, 1), trying);
        assertThat(bench.refused(acquire)).isEqualTo(Reason.HELD);
        bench.run(Bench.release(anna, held));
        assertThat(bench.run(acquire)).isInstanceOf(Answer.Granted.class);
    }

    @Test
    void aWaitThatRunsOutIsNotKeptUnlessItIsTheLastTry_R_L2() {
        bench.lock(anna, "l");
        Terms trying = new Terms(Strategy.RETRY, 5_000, false, "a", 0, Map.of(), "", "");
        Command.Acquire acquire = Bench.with(bert, Kind.LOCK, "l", new Request(1, 1), trying);
        Answer.Waiting first = bench.run(acquire, Answer.Waiting.class);
        bench.pass(5_000);
        assertThat(bench.rejected(first).reason()).isEqualTo(Reason.HELD);
        Answer.Waiting second = bench.run(acquire, Answer.Waiting.class);
        assertThat(second.ticket()).isNotEqualTo(first.ticket());
        assertThat(bench.run(numbered(bert, 1, "last"), Answer.Waiting.class).ticket())
                .isEqualTo(second.ticket());
        bench.pass(5_000);
        assertThat(bench.run(acquire)).isEqualTo(new Answer.Rejected(bench.rejected(second)));
    }

    @Test
    void aRaisedLimitServesSeveralAtOnce_R_L5() {
        bench.run(new Command.SetLimit("k", 0));
        Answer.Waiting first =
                bench.run(Bench.waiting(anna, Kind.LIMIT, "k", Request.NONE, 60_000), Answer.Waiting.class);
        Answer.Waiting second =
                bench.run(Bench.waiting(bert, Kind.LIMIT, "k", Request.NONE, 60_000), Answer.Waiting.class);
        Answer.Waiting third =
                bench.run(Bench.waiting(carl, Kind.LIMIT, "k", Request.NONE, 60_000), Answer.Waiting.class);
        bench.run(new Command.SetLimit("k", 2));
        assertThat(bench.granted(first).token())
                .isLessThan(bench.granted(second).token());
        assertThat(bench.ends).doesNotContainKey(third.ticket());
    }

    @Test
    void twoRequestsOfAnOwnerForOneLockAreServedTogether_R_L1() {
        GrantView held = bench.lock(anna, "l");
        Answer.Waiting first = bench.run(numbered(bert, 1, "a"), Answer.Waiting.class);
        Answer.Waiting second = bench.run(numbered(bert, 2, "a"), Answer.Waiting.class);
        bench.run(Bench.release(anna, held));
        assertThat(bench.granted(second).token()).isEqualTo(bench.granted(first).token());
    }

    @Test
    void waitsAreBounded_R_L2() {
        bench.lock(anna, "l");
        assertThat(bench.refused(Bench.waiting(bert, Kind.LOCK, "l", Request.NONE, Bounds.LONGEST_WAIT_MILLIS + 1)))
                .isEqualTo(Reason.INVALID);
        assertThat(bench.refused(Bench.with(bert, Kind.LOCK, "l", Request.NONE, Terms.waiting(1_000, ""))))
                .isEqualTo(Reason.INVALID);
        for (int i = 0; i < Bounds.WAITERS_PER_SESSION; i++) {
            bench.lock(anna, "m" + i);
            bench.waits(bert, "m" + i);
        }
        assertThat(bench.refused(Bench.waiting(bert, Kind.LOCK, "l", Request.NONE, 1_000)))
                .isEqualTo(Reason.TOO_MANY);
    }

    @Test
    void aLongQueueOnOneLockIsCheap_R_L2() {
        Bench crowd = new Bench();
        SessionView holder = crowd.register("holder");
        crowd.lock(holder, "hot");
        int sessions = Bounds.WAITERS_PER_RESOURCE / 4;
        for (int i = 0; i < sessions; i++) {
            SessionView session = crowd.register("s" + i);
            for (int thread = 0; thread < 4; thread++) {
                crowd.run(
                        new Command.Acquire(
                                session.id(),
                                1,
                                Request.NONE,
                                Kind.LOCK,
                                "hot",
                                "t" + thread,
                                0,
                                Terms.waiting(20_000, "a")),
                        Answer.Waiting.class);
            }
        }
        SessionView late = crowd.register("late");
        assertThat(crowd.refused(Bench.waiting(late, Kind.LOCK, "hot", Request.NONE, 1_000)))
                .isEqualTo(Reason.TOO_MANY);
        // A round of the test's leader ends a thousand.
        crowd.pass(25_000);
        assertThat(crowd.state().waiterCount()).isZero();
        assertThat(crowd.ends).hasSize(Bounds.WAITERS_PER_RESOURCE);
    }
}
