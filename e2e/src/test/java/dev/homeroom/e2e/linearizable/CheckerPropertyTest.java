package dev.homeroom.e2e.linearizable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.e2e.linearizable.GrantModel.Input;
import dev.homeroom.e2e.linearizable.GrantModel.Output;
import dev.homeroom.e2e.linearizable.GrantModel.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Seeded: what works is accepted, and of small histories exactly those that trying every order accepts. */
class CheckerPropertyTest {
    private static final int LONG_HISTORIES = 60;
    private static final int SMALL_HISTORIES = 6_000;
    private static final int SMALL = 6;
    private static final long TOKENS = 4;

    private final GrantModel model = new GrantModel();
    private final Checker<State, Input, Output> checker = new Checker<>(model);

    @Test
    @DisplayName("R-L10 histories of an object that works are accepted, whatever overlaps and gets lost")
    void worksMeansAccepted() {
        for (long seed = 0; seed < LONG_HISTORIES; seed++) {
            int clients = 2 + (int) (seed % 7);
            double lost = seed % 3 * 0.01;
            List<Operation<Input, Output>> history = new RandomHistory(seed, clients, lost).of(1_000);
            assertThat(checker.check(history)).as("seed %d", seed).isEqualTo(new Verdict.Linearizable());
        }
    }

    @Test
    @DisplayName("R-L10 one answer exchanged: the verdict is that of trying every order")
    void sameAsTryingEveryOrder() {
        int bad = 0;
        for (long seed = 0; seed < SMALL_HISTORIES; seed++) {
            Random random = new Random(seed);
            List<Operation<Input, Output>> history =
                    new ArrayList<>(new RandomHistory(seed, 3, 0.2).of(1 + random.nextInt(SMALL)));
            history.replaceAll(operation -> random.nextInt(3) == 0 ? exchanged(operation, random) : operation);
            boolean explained = everyOrder(model.initial(), history);
            assertThat(checker.check(history) instanceof Verdict.Linearizable)
                    .as("seed %d: %s", seed, history)
                    .isEqualTo(explained);
            bad += explained ? 0 : 1;
        }
        assertThat(bad).as("both verdicts occur often").isBetween(SMALL_HISTORIES / 10, SMALL_HISTORIES * 9 / 10);
    }

    private static Operation<Input, Output> exchanged(Operation<Input, Output> operation, Random random) {
        if (operation.isUnseen()) {
            return operation;
        }
        String session = "s" + random.nextInt(3);
        long token = 1 + random.nextLong(TOKENS);
        Output output = switch (random.nextInt(5)) {
            case 0 -> new Output.Granted(token);
            case 1 -> new Output.Held(session);
            case 2 -> new Output.Released();
            case 3 -> new Output.Stale(random.nextBoolean() ? session : GrantModel.NOBODY);
            default -> new Output.Seen(session, token);
        };
        return new Operation<>(
                operation.client(), operation.input(), operation.invoked(), output, operation.returned());
    }

    /** By definition: an order in which nothing comes before what had returned before it was invoked. */
    private boolean everyOrder(State state, List<Operation<Input, Output>> left) {
        if (left.stream().allMatch(Operation::isUnseen)) {
            return true;
        }
        long firstReturn = left.stream().mapToLong(Operation::returned).min().orElse(Operation.NEVER);
        for (Operation<Input, Output> next : left) {
            if (next.invoked() <= firstReturn && mayBeNext(state, next, left)) {
                return true;
            }
        }
        return false;
    }

    private boolean mayBeNext(State state, Operation<Input, Output> next, List<Operation<Input, Output>> left) {
        List<Operation<Input, Output>> rest = new ArrayList<>(left);
        rest.remove(next);
        Output output = next.output();
        if (output == null) {
            return everyOrder(model.unseen(state, next.input()), rest) || everyOrder(state, rest);
        }
        return model.answered(state, next.input(), output)
                .map(after -> everyOrder(after, rest))
                .orElse(false);
    }
}
