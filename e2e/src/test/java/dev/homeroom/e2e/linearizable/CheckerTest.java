package dev.homeroom.e2e.linearizable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.e2e.linearizable.GrantModel.Input;
import dev.homeroom.e2e.linearizable.GrantModel.Output;
import dev.homeroom.e2e.linearizable.GrantModel.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Histories of one lock, written by hand: good ones, and every way to be wrong that a coordinator must not have. */
class CheckerTest {
    private static final String A = "a";
    private static final String B = "b";

    private final List<Operation<Input, Output>> history = new ArrayList<>();
    private final Checker<State, Input, Output> checker = new Checker<>(new GrantModel());

    @Test
    @DisplayName("R-L10 an orderly history is accepted")
    void orderly() {
        add(A, 0, 1, new Input.Acquire(A), new Output.Granted(7));
        add(B, 2, 3, new Input.Acquire(B), new Output.Held(A));
        add(A, 4, 5, new Input.Acquire(A), new Output.Granted(7));
        add(A, 6, 7, new Input.Renew(A, 7), new Output.Granted(7));
        add(A, 8, 9, new Input.Release(A, 7), new Output.Released());
        add(A, 10, 11, new Input.Release(A, 7), new Output.Stale(GrantModel.NOBODY));
        add(B, 12, 13, new Input.Acquire(B), new Output.Granted(9));
        add(A, 14, 15, new Input.Look(), new Output.Seen(B, 9));
        accepted();
    }

    @Test
    @DisplayName("R-L10 operations at the same time may take effect in any order")
    void anyOrder() {
        add(A, 0, 10, new Input.Acquire(A), new Output.Held(B));
        add(B, 1, 9, new Input.Acquire(B), new Output.Granted(1));
        add("c", 2, 8, new Input.Look(), new Output.Seen(GrantModel.NOBODY, 0));
        accepted();
    }

    @Test
    @DisplayName("R-L10 an operation without an answer may have been executed late, or never")
    void openOperations() {
        open(A, 0, new Input.Acquire(A));
        add(B, 1, 2, new Input.Acquire(B), new Output.Granted(3));
        add(B, 3, 4, new Input.Release(B, 3), new Output.Released());
        accepted();
        add(B, 5, 6, new Input.Look(), new Output.Seen(A, 4));
        accepted();
        add(B, 7, 8, new Input.Acquire(B), new Output.Granted(5));
        rejected("Acquire[session=b] -> Granted[token=5]");
    }

    @Test
    @DisplayName("R-L10 an acquire that lands after its client gave up, and after that was known, is found")
    void landsTooLate() {
        unseen(A, 0, 3, new Input.Acquire(A));
        add(B, 1, 4, new Input.Acquire(B), new Output.Granted(3));
        add(B, 5, 6, new Input.Release(B, 3), new Output.Released());
        accepted();
        add(B, 7, 8, new Input.Look(), new Output.Seen(A, 4));
        rejected("Look[] -> Seen[owner=a, token=4]");
    }

    @Test
    @DisplayName("R-L10 an acknowledged write that is lost is found")
    void lostWrite() {
        add(A, 0, 1, new Input.Acquire(A), new Output.Granted(1));
        add(B, 2, 3, new Input.Look(), new Output.Seen(GrantModel.NOBODY, 0));
        rejected("Look[] -> Seen[owner=, token=0]");
    }

    @Test
    @DisplayName("R-L1 two holders are found")
    void twoHolders() {
        add(A, 0, 1, new Input.Acquire(A), new Output.Granted(1));
        add(B, 2, 3, new Input.Acquire(B), new Output.Granted(2));
        rejected("Acquire[session=b] -> Granted[token=2]");
    }

    @Test
    @DisplayName("R-L1 a token that is used again is found")
    void tokenReused() {
        tokens(4, 4);
    }

    @Test
    @DisplayName("R-L1 a token that goes back is found")
    void tokenGoesBack() {
        tokens(4, 3);
    }

    private void tokens(long first, long second) {
        add(A, 0, 1, new Input.Acquire(A), new Output.Granted(first));
        add(A, 2, 3, new Input.Release(A, first), new Output.Released());
        add(B, 4, 5, new Input.Acquire(B), new Output.Granted(second));
        rejected("Granted[token=" + second + "]");
    }

    @Test
    @DisplayName("R-L10 the stale answer of a leader that was cut off is found")
    void staleRead() {
        add(A, 0, 1, new Input.Acquire(A), new Output.Granted(1));
        add(A, 2, 3, new Input.Release(A, 1), new Output.Released());
        add(B, 4, 5, new Input.Acquire(B), new Output.Granted(2));
        add("old leader's reader", 6, 7, new Input.Look(), new Output.Seen(A, 1));
        rejected("Seen[owner=a, token=1]");
    }

    @Test
    @DisplayName("R-L10 a release that took effect before it was asked for is found")
    void tooEarly() {
        add(A, 0, 1, new Input.Acquire(A), new Output.Granted(1));
        add(B, 2, 3, new Input.Acquire(B), new Output.Granted(2));
        add(A, 4, 5, new Input.Release(A, 1), new Output.Released());
        rejected("Acquire[session=b] -> Granted[token=2]");
    }

    @Test
    @DisplayName("R-L10 a request that was executed twice is found")
    void executedTwice() {
        add(A, 0, 1, new Input.Acquire(A), new Output.Granted(1));
        add(A, 2, 9, new Input.Release(A, 1), new Output.Stale(GrantModel.NOBODY));
        rejected("Release[session=a, token=1] -> Stale[heldBy=]");
        history.clear();
        add(A, 0, 1, new Input.Acquire(A), new Output.Granted(1));
        add(A, 2, 3, new Input.Release(A, 1), new Output.Released());
        add(B, 4, 5, new Input.Look(), new Output.Seen(A, 2));
        rejected("Seen[owner=a, token=2]");
    }

    @Test
    @DisplayName("R-L10 a grant that ended by itself is found")
    void endedByItself() {
        add(A, 0, 1, new Input.Acquire(A), new Output.Granted(1));
        add(A, 2, 3, new Input.Renew(A, 1), new Output.Stale(GrantModel.NOBODY));
        rejected("Renew[session=a, token=1] -> Stale[heldBy=]");
    }

    @Test
    @DisplayName("R-L10 an explanation leaves out what has nothing to do with it")
    void explanationIsShort() {
        for (int i = 0; i < 500; i++) {
            int at = 4 * i;
            add(A, at, at + 1, new Input.Acquire(A), new Output.Granted(i + 1));
            add(A, at + 2, at + 3, new Input.Release(A, i + 1), new Output.Released());
        }
        add(B, 3_000, 3_001, new Input.Look(), new Output.Seen(B, 2_000));
        String why = rejected("Seen[owner=b, token=2000]");
        assertThat(why.lines()).hasSizeLessThan(20);
    }

    @Test
    @DisplayName("R-L10 a search that passes its bounds says that it is undecided")
    void undecided() {
        add(A, 0, 1, new Input.Acquire(A), new Output.Granted(1));
        for (int at = 2; at < 200; at += 2) {
            add(B, at, at + 1, new Input.Look(), new Output.Seen(A, 1));
        }
        accepted();
        Checker<State, Input, Output> small = new Checker<>(new GrantModel(), 50, Duration.ofMinutes(1));
        assertThat(small.check(history)).isInstanceOf(Verdict.Undecided.class);
    }

    private void accepted() {
        assertThat(checker.check(history)).isEqualTo(new Verdict.Linearizable());
    }

    private String rejected(String impossible) {
        Verdict verdict = checker.check(history);
        assertThat(verdict).isInstanceOf(Verdict.Violated.class);
        String why = ((Verdict.Violated) verdict).why();
        assertThat(why.lines().skip(1).findFirst().orElse("")).contains(impossible);
        return why;
    }

    private void add(String client, long invoked, long returned, Input input, Output output) {
        history.add(new Operation<>(client.hashCode() & 0xff, input, invoked, output, returned));
    }

    private void unseen(String client, long invoked, long until, Input input) {
        history.add(new Operation<>(client.hashCode() & 0xff, input, invoked, null, until));
    }

    private void open(String client, long invoked, Input input) {
        history.add(Operation.open(client.hashCode() & 0xff, input, invoked));
    }
}
