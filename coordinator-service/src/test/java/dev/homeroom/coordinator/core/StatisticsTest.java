package dev.homeroom.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.coordinator.core.Rejection.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    private final Bench bench = new Bench();
    private final SessionView anna = bench.register("anna");

    StatisticsTest() {
        bench.beat(anna);
    }

    private GrantView claim(String task) {
        return bench.run(Bench.claim(anna, 1, Bench.task(task)), Answer.TasksClaimed.class)
                .grants()
                .getFirst();
    }

    private int release(GrantView grant, TaskOutcome outcome) {
        String task = TaskNames.task(grant.name());
        Command.TaskHold hold = new Command.TaskHold(task, "anna", grant.token(), outcome);
        return bench.run(new Command.ReleaseTasks(List.of(hold, hold)), Answer.TasksReleased.class)
                .released();
    }

    private void beat(Map<String, Double> usage) {
        bench.run(new Command.Heartbeat("anna", anna.incarnation(), 0, -1, List.of(), usage), Answer.Beat.class);
    }

    @Test
    void outcomesAreCountedOnceWithTheirTime_R_S8() {
        GrantView first = claim("t1");
        bench.pass(4_000);
        GrantView second = claim("t2");
        GrantView third = claim("t3");
        bench.pass(2_000);
        assertThat(release(first, TaskOutcome.DONE)).isEqualTo(1);
        assertThat(release(first, TaskOutcome.DONE)).isZero();
        release(second, TaskOutcome.FAILED);
        release(third, TaskOutcome.NONE);
        assertThat(bench.session("anna").tally()).isEqualTo(new Tally(1, 1, 8_000, Map.of()));
        bench.run(new Command.ReleaseSession("anna", 0));
        assertThat(bench.session("anna").tally().done()).isEqualTo(1);
        assertThat(bench.register("anna", "again").tally()).isEqualTo(Tally.NONE);
    }

    @Test
    void figuresOfTheClientAreTheLastItReported_R_S8() {
        beat(Map.of("tokens", 10.0, "cost", 0.5));
        beat(Map.of());
        beat(Map.of("tokens", 25.0, "cost", 0.75));
        assertThat(bench.session("anna").tally().usage()).isEqualTo(Map.of("tokens", 25.0, "cost", 0.75));
    }

    @Test
    void wrongFiguresAreRefused_R_S8() {
        for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThat(refused(Map.of("cost", bad))).isEqualTo(Reason.INVALID);
        }
        assertThat(refused(Map.of("", 1.0))).isEqualTo(Reason.INVALID);
        Map<String, Double> many = new HashMap<>();
        for (int i = 0; i <= Bounds.USAGE_FIGURES; i++) {
            many.put("f" + i, 1.0);
        }
        assertThat(refused(many)).isEqualTo(Reason.INVALID);
        assertThat(bench.session("anna").tally()).isEqualTo(Tally.NONE);
    }

    private Reason refused(Map<String, Double> usage) {
        return bench.refused(new Command.Heartbeat("anna", anna.incarnation(), 0, -1, List.of(), usage));
    }

    @Test
    void theAgeOfTheOldestClaimIsTold_R_S3() {
        bench.lock(anna, "l");
        bench.pass(1_000);
        assertThat(bench.session("anna").claimMillis()).isZero();
        GrantView first = claim("t1");
        bench.pass(3_000);
        claim("t2");
        bench.pass(2_000);
        assertThat(bench.session("anna").claimMillis()).isEqualTo(5_000);
        release(first, TaskOutcome.NONE);
        assertThat(bench.session("anna").claimMillis()).isEqualTo(2_000);
    }

    @Test
    void aSessionThatNeverStartsFailsAfterTheLaunchGrace_R_S3_R_S4() {
        bench.register("new");
        bench.pass(59_500);
        assertThat(bench.session("new").status()).isEqualTo(Status.STARTING);
        assertThat(bench.session("new").untilStaleMillis()).isEqualTo(500);
        bench.pass(500);
        assertThat(bench.session("new").status()).isEqualTo(Status.FAILED);
    }

    @Test
    void aLongLeaseIsStaleAfterTheLaunchGraceUntilItShowsLife_R_S3() {
        SessionView slow = bench.run(
                        new Command.Register("slow", "i", Profile.NONE, 600_000, 0), Answer.OneSession.class)
                .session();
        bench.pass(60_000);
        assertThat(bench.session("slow").status()).isEqualTo(Status.STALE);
        bench.beat(slow);
        assertThat(bench.session("slow").status()).isNotEqualTo(Status.STALE);
        bench.pass(600_000);
        assertThat(bench.session("slow").status()).isEqualTo(Status.FAILED);
    }

    /** Found by the simulation: a holder that lost touch with its first grant would have counted on the launch grace. */
    @Test
    void registrationPromisesNoMoreThanTheFirstGrantLeaves_R_S3_R_L1() {
        SessionView quick = bench.run(
                        new Command.Register("quick", "i", Profile.NONE, 2_000, 0), Answer.OneSession.class)
                .session();
        bench.lock(quick, "l");
        assertThat(quick.leaseRemainingMillis())
                .isLessThanOrEqualTo(bench.session("quick").leaseRemainingMillis());
    }

    @Test
    void theFirstGrantEndsTheLaunchAndBeginsTheLease_R_S3_R_S4() {
        SessionView quick = bench.run(
                        new Command.Register("quick", "i", Profile.NONE, 2_000, 0), Answer.OneSession.class)
                .session();
        bench.pass(10_000);
        bench.lock(quick, "l");
        assertThat(bench.session("quick").status()).isEqualTo(Status.ACTIVE);
        assertThat(bench.session("quick").leaseRemainingMillis()).isEqualTo(2_000);
        bench.pass(2_000);
        assertThat(bench.session("quick").status()).isEqualTo(Status.FAILED);
    }

    @Test
    void maintenanceOnDemandEndsWhatIsDue_R_S4() {
        GrantView lock = bench.lock(anna, "l");
        for (int i = 0; i < 30; i++) {
            bench.apply(1_000, List.of());
        }
        assertThat(bench.session("anna").grants()).extracting(GrantView::token).containsExactly(lock.token());
        Answer.Expired round = bench.run(new Command.Maintain(100), Answer.Expired.class);
        assertThat(round).isEqualTo(new Answer.Expired(1, 1, false, false));
        assertThat(bench.refused(new Command.Maintain(0))).isEqualTo(Reason.INVALID);
    }
}
