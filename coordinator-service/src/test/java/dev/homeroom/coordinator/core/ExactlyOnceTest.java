package dev.homeroom.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.coordinator.core.Rejection.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExactlyOnceTest {
    private final Bench bench = new Bench();
    private final SessionView anna = bench.register("anna");

    private Command.Acquire numbered(String name, long seq, long unanswered) {
        return Bench.acquire(anna, Kind.LOCK, name, new Request(seq, unanswered));
    }

    @Test
    void aRetryGetsTheFirstAnswerAndWhatRemainsIsLess_R_L1() {
        GrantView first = bench.run(numbered("l", 1, 1), Answer.Granted.class).grant();
        bench.run(Bench.release(anna, first));
        bench.pass(2_000);
        GrantView retry = bench.run(numbered("l", 1, 1), Answer.Granted.class).grant();
        assertThat(retry.token()).isEqualTo(first.token());
        assertThat(retry.remainingMillis()).isEqualTo(first.remainingMillis() - 2_000);
        assertThat(bench.state().grantCount()).isZero();
    }

    @Test
    void aRefusalIsAnAnswerToo_R_L1() {
        SessionView bert = bench.register("bert");
        GrantView held = bench.lock(bert, "l");
        Answer refusal = bench.run(numbered("l", 1, 1));
        bench.run(Bench.release(bert, held));
        assertThat(bench.run(numbered("l", 1, 1))).isEqualTo(refusal);
        assertThat(bench.run(numbered("l", 2, 2))).isInstanceOf(Answer.Granted.class);
    }

    @Test
    void whatIsAnsweredIsForgottenAndNeverExecutedAgain_R_L1() {
        bench.run(numbered("a", 1, 1));
        bench.run(numbered("b", 3, 2));
        assertThat(bench.refused(numbered("c", 1, 1))).isEqualTo(Reason.REQUEST_TOO_OLD);
        bench.run(new Command.Heartbeat("anna", 1, 4, -1, List.of()));
        assertThat(bench.refused(numbered("b", 3, 2))).isEqualTo(Reason.REQUEST_TOO_OLD);
        assertThat(bench.state().grantCount()).isEqualTo(2);
    }

    @Test
    void aClaimThatGotNothingMayAskAgainUnderItsSeq_R_Q2() {
        SessionView bert = bench.register("bert");
        Command.ClaimTasks taken = Bench.claim(bert, 1, Bench.task("1"));
        GrantView held = bench.run(taken, Answer.TasksClaimed.class).grants().getFirst();
        Command.ClaimTasks waiting = new Command.ClaimTasks(
                anna.id(), anna.incarnation(), new Request(3, 2), 1, 0, List.of(Bench.task("1")));
        assertThat(bench.run(waiting, Answer.TasksClaimed.class).grants()).isEmpty();
        assertThat(bench.refused(numbered("l", 1, 1))).isEqualTo(Reason.REQUEST_TOO_OLD);
        bench.run(new Command.ReleaseTasks(List.of(new Command.TaskHold("1", "bert", held.token()))));
        GrantView granted =
                bench.run(waiting, Answer.TasksClaimed.class).grants().getFirst();
        assertThat(bench.run(waiting, Answer.TasksClaimed.class).grants()).containsExactly(granted);
    }

    @Test
    void onlySoManyMayBeInFlight_R_L1() {
        for (long seq = Bounds.IN_FLIGHT; seq >= 1; seq--) {
            bench.run(numbered("l" + seq, seq, 1), Answer.Granted.class);
        }
        assertThat(bench.refused(numbered("x", Bounds.IN_FLIGHT + 1, 1))).isEqualTo(Reason.TOO_MANY);
        bench.run(numbered("x", Bounds.IN_FLIGHT + 1, 2), Answer.Granted.class);
        assertThat(bench.refused(numbered("y", 1, 2))).isEqualTo(Reason.INVALID);
    }

    @Test
    void aRequestOutsideSessionsRunsOncePerId_R_L5() {
        Command.Once set = new Command.Once("r-1", new Command.SetLimit("k", 3));
        bench.run(set);
        bench.run(new Command.SetLimit("k", 9));
        assertThat(bench.run(set)).isEqualTo(new Answer.OneLimit("k", 3, 0));
        assertThat(bench.run(new Command.GetResource(Kind.LIMIT, "k"), Answer.OneResource.class)
                        .capacity())
                .isEqualTo(9);
        assertThat(bench.refused(new Command.Once("r-1", new Command.SetLimit("k", 4))))
                .isEqualTo(Reason.REQUEST_REUSED);
        assertThat(bench.refused(new Command.Once("r-2", numbered("l", 1, 1)))).isEqualTo(Reason.INVALID);
    }
}
