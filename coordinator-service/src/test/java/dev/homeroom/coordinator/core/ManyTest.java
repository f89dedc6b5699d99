package dev.homeroom.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.coordinator.core.Rejection.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ManyTest {
    private static final Terms WAIT = Terms.waiting(60_000, "a1");

    private final Bench bench = new Bench();
    private final SessionView anna = bench.register("anna");
    private final SessionView bert = bench.register("bert");
    private final SessionView carl = bench.register("carl");

    private Answer.GrantedAll end(Answer.Waiting waiting) {
        assertThat(bench.ends.get(waiting.ticket())).isInstanceOf(Answer.GrantedAll.class);
        return (Answer.GrantedAll) Objects.requireNonNull(bench.ends.get(waiting.ticket()));
    }

    @Test
    void allOrNothing_R_L7() {
        bench.lock(bert, "y");
        Command.AcquireAll all = Bench.all(anna, Request.NONE, Terms.FAIL_FAST, "x", "y");
        Rejection rejection = bench.run(all, Answer.Rejected.class).rejection();
        assertThat(rejection.reason()).isEqualTo(Reason.HELD);
        assertThat(rejection.holder()).isNotNull();
        assertThat(bench.state().grantCount()).isEqualTo(1);
        bench.run(Bench.release(bert, bench.lock(bert, "y")));
        List<GrantView> grants = bench.run(all, Answer.GrantedAll.class).grants();
        assertThat(grants).extracting(GrantView::name).containsExactly("x", "y");
        assertThat(grants.get(0).token()).isLessThan(grants.get(1).token());
        assertThat(bench.run(all, Answer.GrantedAll.class).grants()).isEqualTo(grants);
    }

    @Test
    void whatTheOwnerHoldsCountsAsGot_R_L7() {
        GrantView x = bench.lock(anna, "x");
        List<GrantView> grants = bench.run(
                        Bench.all(anna, Request.NONE, Terms.FAIL_FAST, "x", "y"), Answer.GrantedAll.class)
                .grants();
        assertThat(grants.getFirst().token()).isEqualTo(x.token());
        assertThat(bench.state().grantCount()).isEqualTo(2);
    }

    @Test
    void aWaiterForSeveralReservesNothingAndIsNotOvertaken_R_L7() {
        GrantView x = bench.lock(anna, "x");
        GrantView y = bench.lock(bert, "y");
        Answer.Waiting several = bench.run(Bench.all(carl, Request.NONE, WAIT, "x", "y"), Answer.Waiting.class);
        Answer.Waiting behind = bench.waits(bench.register("dora"), "x");
        bench.run(Bench.release(anna, x));
        assertThat(bench.ends).isEmpty();
        assertThat(bench.state().firstOf(Kind.LOCK, "x")).isNull();
        assertThat(bench.refused(Bench.acquire(anna, Kind.LOCK, "x"))).isEqualTo(Reason.HELD);
        bench.run(Bench.release(bert, y));
        List<GrantView> grants = end(several).grants();
        assertThat(grants).hasSize(2);
        bench.run(Bench.release(carl, grants.getFirst()));
        assertThat(bench.granted(behind).name()).isEqualTo("x");
    }

    @Test
    void locksAndPermitsTogether_R_L7() {
        bench.run(new Command.SetLimit("k", 1));
        List<ResourceKey> both = List.of(new ResourceKey(Kind.LIMIT, "k"), new ResourceKey(Kind.CLAIM, "c"));
        Command.AcquireAll all = new Command.AcquireAll("anna", 1, new Request(1, 1), both, "me", 0, WAIT);
        bench.run(all, Answer.GrantedAll.class);
        Answer.Waiting waiting = bench.run(
                new Command.AcquireAll("bert", 1, new Request(1, 1), both, "", 0, WAIT), Answer.Waiting.class);
        bench.run(new Command.ReleaseSession("anna", 0));
        assertThat(end(waiting).grants()).extracting(GrantView::name).containsExactly("k", "c");
        // Neither is confirmed: both end.
        bench.pass(20_000);
        bench.beat(bert);
        bench.pass(10_000);
        assertThat(bench.state().grantCount()).isZero();
    }

    @Test
    void theAnswersKeptAreBoundedByTheirGrants_R_L1_R_L7() {
        String[] most = new String[Bounds.RESOURCES_AT_ONCE];
        Arrays.setAll(most, i -> "l" + i);
        int fitting = Bounds.KEPT_GRANTS / most.length;
        for (int seq = 1; seq <= fitting; seq++) {
            bench.run(Bench.all(anna, new Request(seq, 1), Terms.FAIL_FAST, most), Answer.GrantedAll.class);
        }
        assertThat(bench.refused(Bench.all(anna, new Request(fitting + 1, 1), Terms.FAIL_FAST, most)))
                .isEqualTo(Reason.TOO_MANY);
        GrantView x = bench.lock(bert, "x");
        Answer.Waiting waiting =
                bench.run(Bench.all(anna, new Request(fitting + 2, 1), WAIT, "x", "y"), Answer.Waiting.class);
        bench.run(Bench.release(bert, x));
        assertThat(bench.rejected(waiting).reason()).isEqualTo(Reason.TOO_MANY);
        Request going = new Request(fitting + 3, fitting + 3);
        bench.run(Bench.all(anna, going, Terms.FAIL_FAST, most), Answer.GrantedAll.class);
    }

    @Test
    void wrongListsAreRefused_R_L7() {
        assertThat(bench.refused(Bench.all(anna, Request.NONE, WAIT))).isEqualTo(Reason.INVALID);
        assertThat(bench.refused(Bench.all(anna, Request.NONE, WAIT, "x", "x"))).isEqualTo(Reason.INVALID);
        String[] many = new String[Bounds.RESOURCES_AT_ONCE + 1];
        Arrays.setAll(many, i -> "l" + i);
        assertThat(bench.refused(Bench.all(anna, Request.NONE, WAIT, many))).isEqualTo(Reason.INVALID);
    }
}
