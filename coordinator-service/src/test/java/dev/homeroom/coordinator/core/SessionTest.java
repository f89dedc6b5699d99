package dev.homeroom.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.coordinator.core.Rejection.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionTest {
    private final Bench bench = new Bench();

    @Test
    void registrationIsIdempotentByInstance_R_S1() {
        SessionView first = bench.register("s-1");
        assertThat(bench.register("s-1").incarnation())
                .isEqualTo(first.incarnation())
                .isEqualTo(1);
        assertThat(bench.changes()).hasSize(1);
    }

    @Test
    void withoutAnIdTheInstanceIsTheId_R_S1() {
        assertThat(bench.register("", "i-1").id()).isEqualTo("i-1");
    }

    @Test
    void anotherInstanceSupersedesAndEndsEverything_R_S1() {
        SessionView old = bench.register("s-1", "a");
        GrantView lock = bench.lock(old, "l");
        SessionView now = bench.register("s-1", "b");
        assertThat(now.incarnation()).isEqualTo(old.incarnation() + 1);
        assertThat(bench.refused(Bench.release(old, lock))).isEqualTo(Reason.STALE_INCARNATION);
        assertThat(bench.state().grantCount()).isZero();
        assertThat(bench.changes())
                .extracting(change ->
                        change instanceof Change.OfSession s ? s.reason() : ((Change.OfGrant) change).reason())
                .containsExactly(null, null, EndReason.SUPERSEDED, EndReason.SUPERSEDED, null);
    }

    @Test
    void aLateDuplicateOfAnOldRegistrationSupersedesNobody_R_S1() {
        bench.register("s-1", "a");
        SessionView now = bench.register("s-1", "b");
        Command late = new Command.Register("s-1", "a", Profile.NONE, 0, 0);
        assertThat(bench.refused(late)).isEqualTo(Reason.STALE_INCARNATION);
        assertThat(bench.session("s-1").incarnation()).isEqualTo(now.incarnation());
    }

    @Test
    void anEndedInstanceIsNotRevived_R_S1() {
        SessionView session = bench.register("s-1");
        bench.run(new Command.ReleaseSession("s-1", session.incarnation()));
        Command again = new Command.Register("s-1", session.instance(), Profile.NONE, 0, 0);
        assertThat(bench.refused(again)).isEqualTo(Reason.SESSION_ENDED);
        assertThat(bench.register("s-1", "other").incarnation()).isEqualTo(2);
    }

    @Test
    void incarnationsGoOnAfterTheSessionIsForgotten_R_S1() {
        SessionView session = bench.register("s-1", "a");
        bench.run(new Command.ReleaseSession("s-1", 0));
        SessionView other = bench.register("keeps-ticking");
        for (int i = 0; i < 70; i++) {
            bench.pass(10_000);
            bench.beat(other);
        }
        assertThat(bench.refused(new Command.GetSession("s-1"))).isEqualTo(Reason.UNKNOWN_SESSION);
        assertThat(bench.register("s-1", "b").incarnation()).isGreaterThan(session.incarnation());
    }

    @Test
    void wrongValuesAreRefused_R_S1() {
        String tooLong = "x".repeat(Bounds.NAME_BYTES + 1);
        assertThat(bench.refused(new Command.Register("s", "", Profile.NONE, 0, 0)))
                .isEqualTo(Reason.INVALID);
        assertThat(bench.refused(new Command.Register(tooLong, "i", Profile.NONE, 0, 0)))
                .isEqualTo(Reason.INVALID);
        assertThat(bench.refused(new Command.Register("s", "i\n", Profile.NONE, 0, 0)))
                .isEqualTo(Reason.INVALID);
        assertThat(bench.refused(new Command.Register("s", "i", Profile.NONE, 999, 0)))
                .isEqualTo(Reason.INVALID);
        assertThat(bench.refused(new Command.Register("s", "i", Profile.NONE, 14_400_001, 0)))
                .isEqualTo(Reason.INVALID);
        assertThat(bench.state().liveSessions()).isZero();
    }

    @Test
    void heartbeatsKeepItAliveAndItFailsWithoutThem_R_S2_R_S4() {
        SessionView session = bench.register("s-1");
        GrantView lock = bench.lock(session, "l");
        for (int i = 0; i < 10; i++) {
            bench.pass(20_000);
            assertThat(bench.beat(session).leaseRemainingMillis()).isEqualTo(30_000);
        }
        bench.pass(29_500);
        assertThat(bench.session("s-1").status()).isEqualTo(Status.ACTIVE);
        bench.pass(500);
        assertThat(bench.session("s-1").status()).isEqualTo(Status.FAILED);
        assertThat(bench.state().grantCount()).isZero();
        assertThat(bench.changes()).last().isInstanceOfSatisfying(Change.OfGrant.class, ended -> {
            assertThat(ended.token()).isEqualTo(lock.token());
            assertThat(ended.reason()).isEqualTo(EndReason.SESSION_FAILED);
        });
        assertThat(bench.refused(new Command.Heartbeat("s-1", 1, 0, -1, List.of())))
                .isEqualTo(Reason.SESSION_ENDED);
    }

    @Test
    void pausesClockStepsAndLeaderChangesExpireNothing_R_S5() {
        bench.beat(bench.register("s-1"));
        bench.apply(3_600_000, List.of());
        bench.nextTerm();
        bench.apply(3_600_000, List.of(new Command.Expire(2, 100)));
        assertThat(bench.session("s-1").leaseRemainingMillis()).isEqualTo(29_000);
        assertThat(bench.refused(new Command.Expire(1, 100))).isEqualTo(Reason.STALE_TERM);
    }

    @Test
    void statusFollowsHeartbeatsAndProgress_R_S3() {
        SessionView session = bench.run(
                        new Command.Register("s-1", "i", Profile.NONE, Bounds.LONGEST_LEASE_MILLIS, 0),
                        Answer.OneSession.class)
                .session();
        assertThat(session.status()).isEqualTo(Status.STARTING);
        bench.beat(session);
        assertThat(bench.session("s-1").status()).isEqualTo(Status.ACTIVE);
        bench.pass(60_000);
        assertThat(bench.session("s-1").status()).isEqualTo(Status.IDLE);
        bench.run(new Command.Heartbeat("s-1", 1, 0, 1_000, List.of()));
        assertThat(bench.session("s-1").activityAgeMillis()).isEqualTo(1_000);
        bench.lock(session, "l");
        bench.pass(200_000);
        bench.beat(session);
        bench.pass(100_000);
        SessionView stuck = bench.session("s-1");
        assertThat(stuck.status()).isEqualTo(Status.STALE);
        assertThat(stuck.heartbeatAgeMillis()).isEqualTo(100_000);
        assertThat(stuck.activityAgeMillis()).isEqualTo(300_000);
        bench.run(new Command.ReleaseSession("s-1", 1));
        assertThat(bench.session("s-1").status()).isEqualTo(Status.RELEASED);
    }

    @Test
    void revocationsAreToldUntilSeen_R_S3() {
        SessionView session = bench.register("s-1");
        GrantView lock = bench.run(
                        new Command.Acquire("s-1", 1, Request.NONE, Kind.LOCK, "l", "", 1_000), Answer.Granted.class)
                .grant();
        bench.pass(1_000);
        Answer.Revocation revocation = new Answer.Revocation(Kind.LOCK, "l", lock.token(), EndReason.EXPIRED);
        assertThat(bench.beat(session).revoked()).containsExactly(revocation);
        assertThat(bench.beat(session).revoked()).containsExactly(revocation);
        assertThat(bench.beat(session, lock.token()).revoked()).isEmpty();
        assertThat(bench.beat(session).revoked()).isEmpty();
    }

    @Test
    void sessionsAreListedInPages_R_S3() {
        for (int i = 0; i < 5; i++) {
            bench.register("s-" + i);
        }
        bench.run(new Command.ReleaseSession("s-1", 0));
        Answer.SessionPage first =
                bench.run(new Command.ListSessions(Status.STARTING, "", 2), Answer.SessionPage.class);
        assertThat(first.sessions()).extracting(SessionView::id).containsExactly("s-0", "s-2");
        Answer.SessionPage second = bench.run(
                new Command.ListSessions(Status.STARTING, String.valueOf(first.next()), 2), Answer.SessionPage.class);
        assertThat(second.sessions()).extracting(SessionView::id).containsExactly("s-3", "s-4");
        assertThat(second.next()).isNull();
    }

    @Test
    void sessionsAreBounded_R_S1() {
        Settings d = Settings.DEFAULT;
        bench.run(new Command.Configure(new Settings(
                d.leaseMillis(),
                d.idleMillis(),
                d.staleMillis(),
                d.launchGraceMillis(),
                d.ttlMillis(),
                d.permits(),
                2,
                d.grants(),
                d.grantsPerSession(),
                d.backlog(),
                d.endedKeptMillis(),
                1)));
        bench.register("a");
        bench.register("b");
        assertThat(bench.refused(new Command.Register("c", "c", Profile.NONE, 0, 0)))
                .isEqualTo(Reason.TOO_MANY);
        bench.run(new Command.ReleaseSession("a", 0));
        bench.run(new Command.ReleaseSession("b", 0));
        assertThat(bench.refused(new Command.GetSession("a"))).isEqualTo(Reason.UNKNOWN_SESSION);
        assertThat(bench.session("b").status()).isEqualTo(Status.RELEASED);
    }
}
