package dev.homeroom.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Two requests of one owner that wait for the same: what both were given, the end of one must not take from the other. */
class CompanionTest {
    private final Bench bench = new Bench();
    private final SessionView anna = bench.register("anna");
    private final SessionView bert = bench.register("bert");

    @Test
    void aRequestThatGoesAwayTakesNothingFromTheOtherOfItsOwner_R_L2() {
        GrantView held = bench.lock(anna, "l");
        Answer.Waiting first = bench.run(one(1, "first"), Answer.Waiting.class);
        bench.run(one(2, "second"), Answer.Waiting.class);
        bench.run(Bench.release(anna, held));
        GrantView given = bench.run(one(2, "second"), Answer.Granted.class).grant();
        bench.run(new Command.CancelWait("bert", 1, first.ticket(), "first"));
        assertThat(bench.beat(bert).revoked()).isEmpty();
        assertThat(bench.run(one(2, "second"), Answer.Granted.class).grant().token())
                .isEqualTo(given.token());
        assertThat(bench.state().grantCount()).isEqualTo(1);
    }

    @Test
    void severalAtOnceKeepWhatAnotherRequestGot_R_L7() {
        GrantView x = bench.lock(anna, "x");
        GrantView y = bench.lock(anna, "y");
        bench.run(
                new Command.Acquire(
                        "bert", 1, new Request(1, 1), Kind.LOCK, "x", "", 0, Terms.waiting(60_000, "first")),
                Answer.Waiting.class);
        Command.AcquireAll both = new Command.AcquireAll(
                "bert",
                1,
                new Request(2, 1),
                List.of(new ResourceKey(Kind.LOCK, "x"), new ResourceKey(Kind.LOCK, "y")),
                "",
                0,
                Terms.waiting(60_000, "second"));
        bench.run(both, Answer.Waiting.class);
        bench.run(Bench.release(anna, x));
        bench.run(Bench.release(anna, y));
        List<GrantView> got = bench.run(both, Answer.GrantedAll.class).grants();
        assertThat(got).hasSize(2);
        // Request 2 is confirmed before its time is over, request 1 asks no more.
        bench.pass(9_000);
        bench.run(new Command.Renew(
                "bert", 1, Request.NONE, Kind.LOCK, "y", got.getLast().token(), 0));
        bench.beat(bert);
        bench.pass(2_000);
        assertThat(bench.beat(bert).revoked()).isEmpty();
        assertThat(bench.state().grantCount()).isEqualTo(2);
    }

    private static Command.Acquire one(long seq, String attachment) {
        return new Command.Acquire(
                "bert", 1, new Request(seq, 1), Kind.LOCK, "l", "", 0, Terms.waiting(60_000, attachment));
    }
}
