package dev.homeroom.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.coordinator.core.Rejection.Reason;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConflictTest {
    private static final Terms STEAL = new Terms(Strategy.STEAL_STALE, 0, true, "", 0, Map.of(), "", "");
    private static final Terms FORCE = new Terms(Strategy.FORCE_ACQUIRE, 0, true, "", 0, Map.of(), "ops", "stuck");

    private final Bench bench = new Bench();
    private final SessionView anna = bench.register("anna");
    private final SessionView bert = bench.register("bert");
    private final SessionView carl = bench.register("carl");

    private static Terms delayed(long millis) {
        return new Terms(Strategy.FAIL_FAST, 0, true, "", millis, Map.of(), "", "");
    }

    /** Beats of all, without progress of anna. */
    private void live(long seconds) {
        for (long i = 0; i < seconds; i += 10) {
            bench.pass(Math.min(10, seconds - i) * 1_000);
            List.of(anna, bert, carl).forEach(bench::beat);
        }
    }

    private List<Change.OfGrant> grants() {
        return bench.changes().stream()
                .filter(Change.OfGrant.class::isInstance)
                .map(Change.OfGrant.class::cast)
                .toList();
    }

    @Test
    void onlyAStaleHolderIsStolenFromAndItIsTold_R_L2() {
        GrantView held = bench.lock(anna, "l");
        Command steal = Bench.with(bert, Kind.LOCK, "l", Request.NONE, STEAL);
        assertThat(bench.refused(steal)).isEqualTo(Reason.HELD);
        Answer.Waiting waiting =
                bench.run(Bench.waiting(carl, Kind.LOCK, "l", Request.NONE, 600_000), Answer.Waiting.class);
        live(300);
        assertThat(bench.session("anna").status()).isEqualTo(Status.STALE);
        GrantView stolen = bench.run(steal, Answer.Granted.class).grant();
        assertThat(stolen.token()).isGreaterThan(held.token());
        assertThat(bench.beat(anna).revoked())
                .containsExactly(new Answer.Revocation(Kind.LOCK, "l", held.token(), EndReason.STOLEN));
        assertThat(grants())
                .filteredOn(change -> change.reason() == EndReason.STOLEN)
                .singleElement()
                .satisfies(change -> assertThat(change.by()).isEqualTo("bert"));
        assertThat(bench.ends).doesNotContainKey(waiting.ticket());
        bench.run(Bench.release(bert, stolen));
        assertThat(bench.granted(waiting).token()).isGreaterThan(stolen.token());
    }

    @Test
    void forceTakesItFromAnybodyWithAReason_R_L2() {
        GrantView held = bench.lock(anna, "l");
        Terms silent = new Terms(Strategy.FORCE_ACQUIRE, 0, true, "", 0, Map.of(), "ops", "");
        assertThat(bench.refused(Bench.with(bert, Kind.LOCK, "l", Request.NONE, silent)))
                .isEqualTo(Reason.INVALID);
        Command force = Bench.with(bert, Kind.LOCK, "l", Request.NONE, FORCE);
        GrantView taken = bench.run(force, Answer.Granted.class).grant();
        assertThat(taken.token()).isGreaterThan(held.token());
        assertThat(bench.beat(anna).revoked())
                .containsExactly(new Answer.Revocation(Kind.LOCK, "l", held.token(), EndReason.FORCED));
        assertThat(grants())
                .filteredOn(change -> change.token() == taken.token() || change.reason() != null)
                .hasSize(2)
                .allSatisfy(change -> {
                    assertThat(change.by()).isEqualTo("ops");
                    assertThat(change.why()).isEqualTo("stuck");
                });
        assertThat(bench.refused(Bench.with(bert, Kind.LIMIT, "k", Request.NONE, FORCE)))
                .isEqualTo(Reason.INVALID);
    }

    @Test
    void anOperatorReleasesByForce_R_L9() {
        GrantView held = bench.lock(anna, "l");
        Answer.Waiting waiting = bench.waits(bert, "l");
        Command.ForceRelease other = new Command.ForceRelease(Kind.LOCK, "l", held.token() + 1, "ops", "why");
        assertThat(bench.refused(other)).isEqualTo(Reason.NOT_FOUND);
        Command.ForceRelease all = new Command.ForceRelease(Kind.LOCK, "l", 0, "ops", "why");
        Answer.Taken taken = bench.run(new Command.Once("r1", all), Answer.Taken.class);
        assertThat(taken.grants()).extracting(GrantView::token).containsExactly(held.token());
        assertThat(bench.granted(waiting).token()).isGreaterThan(held.token());
        assertThat(bench.beat(anna).revoked()).hasSize(1);
        GrantView task = bench.run(Bench.claim(carl, 1, Bench.task("7")), Answer.TasksClaimed.class)
                .grants()
                .getFirst();
        bench.run(new Command.ForceRelease(Kind.CLAIM, "task/7", task.token(), "ops", "why"), Answer.Taken.class);
        assertThat(bench.session("carl").tasks()).isZero();
    }

    @Test
    void aLockDelayKeepsEverybodyOutAfterAnEndThatWasNoRelease_R_L2() {
        Command.Acquire delayed =
                new Command.Acquire("anna", 1, Request.NONE, Kind.LOCK, "l", "", 2_000, delayed(5_000));
        bench.run(Bench.release(anna, bench.run(delayed, Answer.Granted.class).grant()));
        bench.run(Bench.release(bert, bench.lock(bert, "l")));
        bench.run(delayed, Answer.Granted.class);
        Answer.Waiting waiting = bench.waits(bert, "l");
        bench.pass(2_000);
        assertThat(bench.state().grantCount()).isZero();
        Rejection rejection = bench.run(Bench.acquire(anna, Kind.LOCK, "l"), Answer.Rejected.class)
                .rejection();
        assertThat(rejection.reason()).isEqualTo(Reason.HELD);
        assertThat(rejection.retryAfterMillis()).isEqualTo(5_000);
        bench.pass(4_500);
        assertThat(bench.ends).isEmpty();
        bench.pass(500);
        assertThat(bench.granted(waiting).holder().session()).isEqualTo("bert");
    }

    @Test
    void aLockDelayOutlivesItsSessionAndForceDoesNotCare_R_L2() {
        bench.run(Bench.with(anna, Kind.LOCK, "l", Request.NONE, delayed(60_000)), Answer.Granted.class);
        for (int i = 0; i < 3; i++) {
            bench.pass(10_500);
            bench.beat(bert);
        }
        assertThat(bench.session("anna").status()).isEqualTo(Status.FAILED);
        assertThat(bench.refused(Bench.acquire(bert, Kind.LOCK, "l"))).isEqualTo(Reason.HELD);
        GrantView forced = bench.run(Bench.with(bert, Kind.LOCK, "l", Request.NONE, FORCE), Answer.Granted.class)
                .grant();
        bench.run(Bench.release(bert, forced));
        assertThat(bench.lock(bert, "l").token()).isGreaterThan(forced.token());
        assertThat(bench.state().delays.isEmpty()).isTrue();
    }

    @Test
    void metadataIsShownAndBounded_R_L3() {
        Map<String, String> metadata = Map.of("ticket", "T-1", "branch", "main");
        Terms terms = new Terms(Strategy.FAIL_FAST, 0, true, "", 0, metadata, "", "");
        bench.run(Bench.with(anna, Kind.LOCK, "l", Request.NONE, terms), Answer.Granted.class);
        assertThat(bench.run(new Command.GetResource(Kind.LOCK, "l"), Answer.OneResource.class)
                        .grants()
                        .getFirst()
                        .metadata())
                .isEqualTo(metadata);
        Map<String, String> many = new TreeMap<>();
        for (int i = 0; i <= Bounds.METADATA_ENTRIES; i++) {
            many.put("k" + i, "v");
        }
        for (Map<String, String> bad : List.of(many, Map.of("k", "x".repeat(Bounds.METADATA_BYTES)), Map.of("", "v"))) {
            Terms wrong = new Terms(Strategy.FAIL_FAST, 0, true, "", 0, bad, "", "");
            assertThat(bench.refused(Bench.with(bert, Kind.LOCK, "m", Request.NONE, wrong)))
                    .isEqualTo(Reason.INVALID);
        }
    }
}
