package dev.homeroom.e2e.linearizable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why a history is not linearizable. The answer that no order reaches although every earlier answer is explained ends the
 * shortest beginning of the history that is wrong already; around it is what a person has to look at.
 */
final class Explanation<S, I, O> {
    private static final int STATES = 3;
    private static final int LAST = 6;
    private static final int SAME_TIME = 12;
    private static final double NANOS_PER_MILLI = 1e6;

    private final List<Operation<I, O>> operations;
    private final Map<S, List<Operation<I, O>>> states = new LinkedHashMap<>();
    private int furthest = -1;
    private @Nullable Operation<I, O> impossible;

    Explanation(List<Operation<I, O>> operations) {
        this.operations = operations;
    }

    /** A search met the return of this operation, in this state after this order, without having got it in. */
    void stuck(int position, Operation<I, O> operation, S state, Stream<Operation<I, O>> order) {
        if (position > furthest) {
            furthest = position;
            impossible = operation;
            states.clear();
        }
        if (position == furthest && states.size() < STATES && !states.containsKey(state)) {
            List<Operation<I, O>> all = order.toList();
            states.put(state, all.subList(Math.max(0, all.size() - LAST), all.size()));
        }
    }

    String text() {
        Operation<I, O> failed = impossible;
        if (failed == null) {
            return "Nothing is known.";
        }
        StringBuilder text = new StringBuilder("Everything before can be explained, this answer cannot:\n");
        line(text, failed);
        states.forEach((state, order) -> {
            text.append("With the object as ").append(state).append(", after:\n");
            order.forEach(operation -> line(text, operation));
        });
        List<Operation<I, O>> sameTime = sameTime(failed);
        if (!sameTime.isEmpty()) {
            text.append("At the same time as the impossible answer, or open since before:\n");
            sameTime.forEach(operation -> line(text, operation));
        }
        return text.toString();
    }

    private List<Operation<I, O>> sameTime(Operation<I, O> failed) {
        List<Operation<I, O>> overlapping = new ArrayList<>(operations);
        overlapping.removeIf(operation -> operation.equals(failed)
                || operation.returned() < failed.invoked()
                || operation.invoked() > failed.returned());
        overlapping.sort(Comparator.comparingLong(operation -> operation.invoked()));
        return overlapping.subList(Math.max(0, overlapping.size() - SAME_TIME), overlapping.size());
    }

    private void line(StringBuilder text, Operation<I, O> operation) {
        long zero = operations.stream().mapToLong(one -> one.invoked()).min().orElse(0);
        String end = operation.returned() == Operation.NEVER
                ? "open"
                : String.format(Locale.ROOT, "%.3f", (operation.returned() - zero) / NANOS_PER_MILLI);
        text.append(String.format(
                Locale.ROOT,
                "  [%.3f .. %s ms] client %d: %s -> %s%n",
                (operation.invoked() - zero) / NANOS_PER_MILLI,
                end,
                operation.client(),
                operation.input(),
                operation.isUnseen() ? "?" : operation.output()));
    }
}
