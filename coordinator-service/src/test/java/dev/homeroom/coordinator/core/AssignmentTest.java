package dev.homeroom.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.coordinator.core.Rejection.Reason;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AssignmentTest {
    private final Bench bench = new Bench();
    private final SessionView anna = bench.register("anna");

    AssignmentTest() {
        bench.beat(anna);
    }

    private Answer.Assigned assign(String session, String task, String... limits) {
        return bench.run(new Command.AssignTask(session, Bench.task(task, limits), 0), Answer.Assigned.class);
    }

    private Reason refused(String session, Command.Candidate task) {
        return bench.refused(new Command.AssignTask(session, task, 0));
    }

    private static Answer.Assignment assignment(Answer.Assigned assigned) {
        GrantView grant = assigned.grant();
        return new Answer.Assignment(TaskNames.task(grant.name()), grant.token());
    }

    private List<EndReason> ends() {
        return bench.changes().stream()
                .filter(change -> change instanceof Change.OfGrant grant && grant.reason() != null)
                .map(change -> ((Change.OfGrant) change).reason())
                .toList();
    }

    @Test
    void theSessionIsToldWithEveryHeartbeatUntilItHasSeenTheToken_R_S3_R_S6_R_Q6() {
        Answer.Assignment told = assignment(assign("", "t1", "k"));
        assertThat(bench.beat(anna).assigned()).containsExactly(told);
        assertThat(bench.beat(anna).assigned()).containsExactly(told);
        assertThat(bench.beat(anna, told.token()).assigned()).isEmpty();
        for (int i = 0; i < 12; i++) {
            bench.pass(10_000);
            assertThat(bench.beat(anna).assigned()).isEmpty();
        }
        assertThat(bench.state().grantCount()).isEqualTo(1);
        assertThat(bench.run(new Command.GetLimit("k"), Answer.OneLimit.class).used())
                .isEqualTo(1);
    }

    @Test
    void aTaskThatNobodyHeardOfIsFreeAgain_R_S6_R_Q6() {
        bench.run(new Command.SetLimit("k", 1));
        assign("anna", "t1", "k");
        bench.pass(10_000);
        bench.beat(anna);
        bench.pass(19_500);
        bench.beat(anna);
        assertThat(bench.state().grantCount()).isEqualTo(1);
        bench.pass(500);
        assertThat(bench.state().grantCount()).isZero();
        assertThat(ends()).containsExactly(EndReason.UNCONFIRMED);
        assertThat(bench.beat(anna).assigned()).isEmpty();
        assertThat(bench.session("anna").tasks()).isZero();
        assign("anna", "t2", "k");
    }

    @Test
    void aRenewalShowsThatItKnows_R_S6() {
        GrantView grant = assign("anna", "t1").grant();
        Command.TaskHold hold = new Command.TaskHold("t1", "anna", grant.token());
        bench.run(new Command.RenewTasks(List.of(hold), 0), Answer.TasksRenewed.class);
        assertThat(bench.beat(anna).assigned()).isEmpty();
        bench.pass(25_000);
        bench.beat(anna);
        bench.pass(25_000);
        assertThat(bench.state().grantCount()).isEqualTo(1);
    }

    @Test
    void aReleaseEndsTheTelling_R_S6() {
        GrantView grant = assign("anna", "t1").grant();
        Command.TaskHold hold = new Command.TaskHold("t1", "anna", grant.token(), TaskOutcome.DONE);
        bench.run(new Command.ReleaseTasks(List.of(hold)), Answer.TasksReleased.class);
        assertThat(bench.beat(anna).assigned()).isEmpty();
        assertThat(ends()).containsExactly(EndReason.RELEASED);
    }

    @Test
    void aClaimGetsWhatWasPushedToItEvenWhenItIsFull_R_S6() {
        Profile one = new Profile("", "", "", 0, Codebase.NONE, "", List.of(), 1);
        SessionView bert = bench.run(new Command.Register("bert", "b", one, 0, 0), Answer.OneSession.class)
                .session();
        bench.beat(bert);
        GrantView pushed = assign("bert", "t2").grant();
        Answer.TasksClaimed claimed =
                bench.run(Bench.claim(bert, 2, Bench.task("t1"), Bench.task("t2")), Answer.TasksClaimed.class);
        assertThat(claimed.grants()).extracting(GrantView::token).containsExactly(pushed.token());
        assertThat(claimed.full()).isTrue();
        assertThat(bench.beat(bert).assigned()).isEmpty();
        // Confirmed by that: it is held like any other, and not offered to itself again.
        assertThat(bench.run(Bench.claim(bert, 1, Bench.task("t2")), Answer.TasksClaimed.class)
                        .grants())
                .isEmpty();
        Answer.TasksClaimed others =
                bench.run(Bench.claim(anna, 2, Bench.task("t2"), Bench.task("t1")), Answer.TasksClaimed.class);
        assertThat(others.grants()).extracting(GrantView::name).containsExactly("task/t1");
    }

    @Test
    void theSameAssignmentAgainIsTheSameGrant_R_S6() {
        Answer.Assigned first = assign("anna", "t1");
        assertThat(assign("anna", "t1").grant().token()).isEqualTo(first.grant().token());
        assertThat(assign("", "t1").grant().token()).isEqualTo(first.grant().token());
        assertThat(bench.beat(anna).assigned()).hasSize(1);
        bench.beat(bench.register("bert"));
        Answer.Rejected held = bench.run(new Command.AssignTask("bert", Bench.task("t1"), 0), Answer.Rejected.class);
        assertThat(held.rejection().reason()).isEqualTo(Reason.HELD);
        assertThat(held.rejection().holder()).isNotNull();
        bench.beat(anna, first.grant().token());
        assertThat(refused("", Bench.task("t1"))).isEqualTo(Reason.HELD);
        Command once = new Command.Once("r1", new Command.AssignTask("", Bench.task("t2"), 0));
        assertThat(bench.run(once)).isEqualTo(bench.run(once));
    }

    @Test
    void aRepeatIsTheSameAssignmentWhateverElseIsSaidOfTheTask_R_Q6() {
        Command.Candidate before = new Command.Candidate("t1", 5, "", List.of(), List.of(), "", "");
        Command.Candidate after = new Command.Candidate("t1", 5, "", List.of(), List.of(), "dev-1", "repo");
        Answer first = bench.run(new Command.Once("r1", new Command.AssignTask("", before, 0)));
        assertThat(bench.run(new Command.Once("r1", new Command.AssignTask("", after, 0))))
                .isEqualTo(first);
        assertThat(bench.refused(new Command.Once("r1", new Command.AssignTask("anna", before, 0))))
                .isEqualTo(Reason.REQUEST_REUSED);
        assertThat(bench.refused(new Command.Once("r1", new Command.AssignTask("", before, 9_000))))
                .isEqualTo(Reason.REQUEST_REUSED);
        assertThat(bench.refused(new Command.Once("r1", new Command.AssignTask("", Bench.task("t2"), 0))))
                .isEqualTo(Reason.REQUEST_REUSED);
    }

    @Test
    void nobodyAvailableIsSaid_R_S6() {
        Command.Candidate hard = new Command.Candidate("t", 5, "", List.of(), List.of("cobol"), "", "");
        assertThat(refused("", hard)).isEqualTo(Reason.NONE_AVAILABLE);
        assertThat(refused("anna", hard)).isEqualTo(Reason.NONE_AVAILABLE);
        assertThat(refused("nobody", Bench.task("t"))).isEqualTo(Reason.UNKNOWN_SESSION);
        bench.run(new Command.SetLimit("k", 0));
        assertThat(refused("", Bench.task("t", "k"))).isEqualTo(Reason.HELD);
        bench.run(new Command.ReleaseSession("anna", 0));
        assertThat(refused("anna", Bench.task("t"))).isEqualTo(Reason.NONE_AVAILABLE);
        assertThat(bench.state().grantCount()).isZero();
    }

    @Test
    void theBestSessionIsChosen_R_S6() {
        Profile algebra = new Profile("", "", "", 0, Codebase.NONE, "algebra", List.of(), 1);
        bench.beat(bench.run(new Command.Register("bert", "b", algebra, 0, 0), Answer.OneSession.class)
                .session());
        Command.Candidate task = new Command.Candidate("t", 5, "algebra", List.of());
        Answer.Assigned assigned = bench.run(new Command.AssignTask("", task, 0), Answer.Assigned.class);
        assertThat(assigned.grant().holder().session()).isEqualTo("bert");
        assertThat(assigned.score().total()).isEqualTo(80);
        Command.Candidate next = new Command.Candidate("t2", 5, "algebra", List.of());
        assertThat(bench.run(new Command.AssignTask("", next, 0), Answer.Assigned.class)
                        .grant()
                        .holder()
                        .session())
                .isEqualTo("anna");
    }

    @Test
    void aSessionThatNeverStartedIsNotStartedByAPush_R_S3_R_S6() {
        SessionView new1 = bench.register("new1");
        assign("new1", "t1");
        bench.pass(29_000);
        bench.beat(anna);
        Session silent = Objects.requireNonNull(bench.state().sessions.get("new1"));
        assertThat(silent.life().deadline() - bench.state().now()).isEqualTo(31_000);
        bench.pass(1_000);
        assertThat(ends()).containsExactly(EndReason.UNCONFIRMED);
        GrantView second = assign("new1", "t1").grant();
        bench.beat(new1, second.token());
        assertThat(bench.session("new1").status()).isEqualTo(Status.ACTIVE);
    }
}
