package dev.homeroom.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.coordinator.core.Rejection.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrantTest {
    private final Bench bench = new Bench();
    private final SessionView anna = bench.register("anna");
    private final SessionView bert = bench.register("bert");

    @Test
    void tokensRise_R_L1() {
        GrantView first = bench.lock(anna, "l");
        bench.run(Bench.release(anna, first));
        assertThat(bench.lock(bert, "l").token()).isGreaterThan(first.token());
    }

    @Test
    void theSameOwnerGetsTheSameGrantAgain_R_L1() {
        GrantView first = bench.lock(anna, "l");
        bench.pass(5_000);
        GrantView again = bench.lock(anna, "l");
        assertThat(again.token()).isEqualTo(first.token());
        assertThat(again.remainingMillis()).isEqualTo(first.remainingMillis() - 5_000);
    }

    @Test
    void aConflictNamesTheHolder_R_L3() {
        bench.lock(anna, "l");
        bench.pass(3_000);
        Rejection rejection = bench.run(Bench.acquire(bert, Kind.LOCK, "l"), Answer.Rejected.class)
                .rejection();
        assertThat(rejection.reason()).isEqualTo(Reason.HELD);
        assertThat(rejection.holder()).isNotNull().satisfies(holder -> {
            assertThat(holder.session()).isEqualTo("anna");
            assertThat(holder.host()).isEqualTo("dev-1");
            assertThat(holder.tty()).isEqualTo("pts/3");
            assertThat(holder.heartbeatAgeMillis()).isEqualTo(3_000);
            assertThat(holder.sinceWall()).isEqualTo(Bench.WALL);
            assertThat(holder.deadlineWall()).isEqualTo(Bench.WALL + 600_000);
        });
    }

    @Test
    void anotherHolderLabelOfTheSameSessionIsAnotherOwner_R_L4() {
        bench.run(new Command.Acquire("anna", 1, Request.NONE, Kind.CLAIM, "file", "one", 0), Answer.Granted.class);
        Command other = new Command.Acquire("anna", 1, Request.NONE, Kind.CLAIM, "file", "two", 0);
        assertThat(bench.refused(other)).isEqualTo(Reason.HELD);
    }

    @Test
    void renewMovesTheDeadlineAndOnlyTheCurrentTokenMay_R_L1() {
        GrantView grant = bench.lock(anna, "l");
        Command.Renew renew = new Command.Renew("anna", 1, Request.NONE, Kind.LOCK, "l", grant.token(), 20_000);
        assertThat(bench.run(renew, Answer.Granted.class).grant().remainingMillis())
                .isEqualTo(20_000);
        assertThat(bench.refused(new Command.Renew("anna", 1, Request.NONE, Kind.LOCK, "l", grant.token() + 1, 0)))
                .isEqualTo(Reason.STALE_TOKEN);
        assertThat(bench.refused(new Command.Renew("bert", 1, Request.NONE, Kind.LOCK, "l", grant.token(), 0)))
                .isEqualTo(Reason.STALE_TOKEN);
        bench.beat(anna);
        bench.pass(19_500);
        assertThat(bench.state().grantCount()).isEqualTo(1);
        bench.pass(500);
        assertThat(bench.state().grantCount()).isZero();
    }

    @Test
    void aReleasedGrantCannotBeReleasedTwice_R_L1() {
        GrantView grant = bench.lock(anna, "l");
        bench.run(Bench.release(anna, grant), Answer.Released.class);
        assertThat(bench.refused(Bench.release(anna, grant))).isEqualTo(Reason.STALE_TOKEN);
    }

    @Test
    void nothingIsGrantedOnALeaseThatIsOverEvenBeforeItIsEnded_R_S4() {
        bench.beat(anna);
        for (int i = 0; i < 30; i++) {
            bench.apply(1_000, List.of());
        }
        assertThat(bench.refused(Bench.acquire(anna, Kind.LOCK, "l"))).isEqualTo(Reason.SESSION_ENDED);
        bench.beat(anna);
        assertThat(bench.lock(anna, "l").token()).isPositive();
    }

    @Test
    void claimsOfTasksAreTheQueues_R_L4() {
        assertThat(bench.refused(Bench.acquire(anna, Kind.CLAIM, "task/1"))).isEqualTo(Reason.MANAGED_BY_QUEUE);
        assertThat(bench.lock(anna, "task/1").token()).isPositive();
    }

    @Test
    void aLimitHasSoManyPermits_R_L5() {
        bench.run(new Command.SetLimit("host:x", 2));
        bench.run(new Command.Acquire("anna", 1, Request.NONE, Kind.LIMIT, "host:x", "1", 0), Answer.Granted.class);
        Answer.Granted second = bench.run(
                new Command.Acquire("anna", 1, Request.NONE, Kind.LIMIT, "host:x", "2", 0), Answer.Granted.class);
        assertThat(second.available()).isZero();
        assertThat(bench.refused(Bench.acquire(bert, Kind.LIMIT, "host:x"))).isEqualTo(Reason.HELD);
        assertThat(bench.run(Bench.release(anna, second.grant()), Answer.Released.class)
                        .available())
                .isEqualTo(1);
        bench.run(Bench.acquire(bert, Kind.LIMIT, "host:x"), Answer.Granted.class);
        bench.run(new Command.ReleaseSession("anna", 0));
        Answer.OneResource limit = bench.run(new Command.GetResource(Kind.LIMIT, "host:x"), Answer.OneResource.class);
        assertThat(limit.used()).isEqualTo(1);
        assertThat(limit.capacity()).isEqualTo(2);
        assertThat(limit.grants()).extracting(grant -> grant.holder().session()).containsExactly("bert");
    }

    @Test
    void theTokenFloorIsKept_R_L1() {
        assertThat(bench.run(new Command.RaiseTokenFloor(1_000), Answer.TokenFloor.class)
                        .next())
                .isEqualTo(1_001);
        assertThat(bench.run(new Command.RaiseTokenFloor(10), Answer.TokenFloor.class)
                        .next())
                .isEqualTo(1_001);
        assertThat(bench.lock(anna, "l").token()).isEqualTo(1_001);
    }

    @Test
    void grantsAreListedByPrefixAgeAndPage_R_L1() {
        for (int i = 0; i < 5; i++) {
            bench.lock(anna, "a/" + i);
        }
        bench.run(Bench.acquire(anna, Kind.CLAIM, "a/9"));
        bench.pass(5_000);
        bench.lock(anna, "a/5");
        bench.lock(anna, "b/1");
        Command.ListGrants old = new Command.ListGrants(Kind.LOCK, "a/", "", 3, 5_000);
        Answer.GrantPage first = bench.run(old, Answer.GrantPage.class);
        assertThat(first.grants()).extracting(GrantView::name).containsExactly("a/0", "a/1", "a/2");
        Answer.GrantPage second = bench.run(
                new Command.ListGrants(Kind.LOCK, "a/", String.valueOf(first.next()), 3, 5_000),
                Answer.GrantPage.class);
        assertThat(second.grants()).extracting(GrantView::name).containsExactly("a/3", "a/4");
        assertThat(second.next()).isNull();
        Answer.GrantPage all = bench.run(new Command.ListGrants(null, "a/", "", 100, 0), Answer.GrantPage.class);
        assertThat(all.grants()).hasSize(7);
        assertThat(bench.refused(new Command.ListGrants(null, "", "nonsense", 1, 0)))
                .isEqualTo(Reason.INVALID);
    }
}
