package dev.homeroom.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TaskClaimTest {
    private final Bench bench = new Bench();
    private final SessionView anna = bench.register("anna");
    private final SessionView bert = bench.register("bert");

    private Answer.TasksClaimed claim(Command.ClaimTasks claim) {
        return bench.run(claim, Answer.TasksClaimed.class);
    }

    @Test
    void candidatesAreGrantedInOrderAndHeldOnesSkipped_R_Q2() {
        assertThat(claim(Bench.claim(anna, 2, Bench.task("1"), Bench.task("2"), Bench.task("3")))
                        .grants())
                .extracting(GrantView::name)
                .containsExactly("task/1", "task/2");
        assertThat(claim(Bench.claim(bert, 2, Bench.task("1"), Bench.task("2"), Bench.task("3")))
                        .grants())
                .extracting(GrantView::name)
                .containsExactly("task/3");
        assertThat(claim(Bench.claim(anna, 2, Bench.task("1"))).grants()).isEmpty();
    }

    @Test
    void aSessionHoldsNoMoreTasksThanItSaid_R_S1() {
        Command.Candidate[] five = {Bench.task("1"), Bench.task("2"), Bench.task("3"), Bench.task("4"), Bench.task("5")
        };
        Answer.TasksClaimed claimed = claim(Bench.claim(anna, 10, five));
        assertThat(claimed.grants()).hasSize(4);
        assertThat(claimed.full()).isTrue();
        Answer.TasksClaimed none = claim(Bench.claim(anna, 1, Bench.task("5")));
        assertThat(none.grants()).isEmpty();
        assertThat(none.full()).isTrue();
        assertThat(bench.session("anna").tasks()).isEqualTo(4);
    }

    @Test
    void permitsComeWithTheClaimAllOrNothing_R_L5() {
        bench.run(new Command.SetLimit("a", 1));
        bench.run(new Command.SetLimit("b", 1));
        Answer.TasksClaimed claimed = claim(Bench.claim(
                anna, 4, Bench.task("1", "a"), Bench.task("2", "a", "b"), Bench.task("3", "b", "b"), Bench.task("4")));
        assertThat(claimed.grants()).extracting(GrantView::name).containsExactly("task/1", "task/3", "task/4");
        assertThat(claimed.exhausted()).containsExactly("a");
        GrantView first = claimed.grants().getFirst();
        Command.TaskHold hold = new Command.TaskHold("1", "anna", first.token());
        assertThat(bench.run(new Command.ReleaseTasks(List.of(hold, hold)), Answer.TasksReleased.class)
                        .released())
                .isEqualTo(1);
        assertThat(claim(Bench.claim(bert, 1, Bench.task("9", "a"))).grants()).hasSize(1);
    }

    @Test
    void anUnknownLimitBlocksNothing_R_L5() {
        assertThat(claim(Bench.claim(anna, 1, Bench.task("1", "unknown"))).grants())
                .hasSize(1);
    }

    @Test
    void renewalIsPerTaskAndAStaleTokenIsNamed_R_Q2() {
        GrantView grant = claim(Bench.claim(anna, 1, Bench.task("1"))).grants().getFirst();
        List<Command.TaskHold> holds = List.of(
                new Command.TaskHold("1", "anna", grant.token()),
                new Command.TaskHold("1", "anna", grant.token() - 1),
                new Command.TaskHold("2", "anna", 7));
        List<Answer.TaskRenewal> renewals = bench.run(new Command.RenewTasks(holds, 20_000), Answer.TasksRenewed.class)
                .renewals();
        assertThat(renewals.get(0).grant())
                .isNotNull()
                .satisfies(g -> assertThat(g.remainingMillis()).isEqualTo(20_000));
        assertThat(renewals.get(1).rejection()).isNotNull().satisfies(r -> {
            assertThat(r.reason()).isEqualTo(Rejection.Reason.STALE_TOKEN);
            assertThat(r.holder()).isNotNull();
        });
        assertThat(renewals.get(2).rejection()).isNotNull();
    }

    @Test
    void theHolderOfATaskThatIsCalledOffIsToldUntilItHasSeenIt_R_Q3_R_S3() {
        bench.run(new Command.SetLimit("a", 1));
        GrantView grant =
                claim(Bench.claim(anna, 1, Bench.task("1", "a"))).grants().getFirst();
        Command.TaskHold off = new Command.TaskHold("1", "anna", grant.token(), TaskOutcome.CANCELLED);
        assertThat(bench.run(new Command.ReleaseTasks(List.of(off, off)), Answer.TasksReleased.class)
                        .released())
                .isEqualTo(1);
        Answer.Revocation told = new Answer.Revocation(Kind.CLAIM, "task/1", grant.token(), EndReason.CANCELLED);
        assertThat(bench.beat(anna).revoked()).containsExactly(told);
        assertThat(bench.beat(anna).revoked()).containsExactly(told);
        assertThat(bench.beat(anna, grant.token()).revoked()).isEmpty();
        assertThat(bench.session("anna").tasks()).isZero();
        assertThat(bench.session("anna").tally()).isEqualTo(Tally.NONE);
        assertThat(claim(Bench.claim(bert, 1, Bench.task("2", "a"))).grants()).hasSize(1);
    }

    @Test
    void whatIsGivenBackIsNoNews_R_S3() {
        GrantView grant = claim(Bench.claim(anna, 1, Bench.task("1"))).grants().getFirst();
        Command.TaskHold back = new Command.TaskHold("1", "anna", grant.token(), TaskOutcome.FAILED);
        bench.run(new Command.ReleaseTasks(List.of(back)), Answer.TasksReleased.class);
        assertThat(bench.beat(anna).revoked()).isEmpty();
    }

    @Test
    void claimAndPermitsDieWithTheSession_R_S4() {
        bench.run(new Command.SetLimit("a", 1));
        GrantView grant =
                claim(Bench.claim(anna, 1, Bench.task("1", "a"))).grants().getFirst();
        bench.pass(20_000);
        bench.beat(bert);
        bench.pass(10_000);
        assertThat(bench.session("anna").status()).isEqualTo(Status.FAILED);
        GrantView next =
                claim(Bench.claim(bert, 1, Bench.task("1", "a"))).grants().getFirst();
        assertThat(next.token()).isGreaterThan(grant.token());
    }
}
