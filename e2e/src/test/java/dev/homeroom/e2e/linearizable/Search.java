package dev.homeroom.e2e.linearizable;

import dev.homeroom.e2e.linearizable.Timeline.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One depth-first search for an order. It takes any operation that has begun and may answer what it did; where it meets
 * the return of an operation that is not in the order yet, it goes back. For one thread, once.
 */
final class Search<S, I, O> {
    private static final int STEPS_BETWEEN_LOOKS = 4_096;

    private record Choice<S, I, O>(Entry<I, O> invocation, S before) {}

    private final Model<S, I, O> model;
    private final List<Operation<I, O>> operations;
    private final int mostConfigurations;
    private final Duration limit;
    private final Timeline<I, O> timeline;
    private final Set<Configuration> seen = new HashSet<>();
    private final List<Choice<S, I, O>> order = new ArrayList<>();
    private final BitSet answered = new BitSet();
    private final BitSet open = new BitSet();
    private final Explanation<S, I, O> explanation;
    private S state;

    Search(Model<S, I, O> model, List<Operation<I, O>> operations, int mostConfigurations, Duration limit) {
        this.model = model;
        this.operations = operations;
        this.mostConfigurations = mostConfigurations;
        this.limit = limit;
        this.timeline = new Timeline<>(operations);
        this.explanation = new Explanation<>(operations);
        this.state = model.initial();
    }

    Verdict run() {
        long end = System.nanoTime() + limit.toNanos();
        long steps = 0;
        Entry<I, O> entry = timeline.first();
        while (entry != null && !timeline.explained()) {
            if (++steps % STEPS_BETWEEN_LOOKS == 0 && System.nanoTime() - end > 0) {
                return undecided("not in " + limit);
            }
            if (seen.size() > mostConfigurations) {
                return undecided(mostConfigurations + " configurations were not enough");
            }
            if (entry.invocation) {
                entry = take(entry) ? timeline.first() : entry.after;
            } else if (entry.operation.isUnseen() && leaveOut(entry)) {
                entry = timeline.first();
            } else {
                explanation.stuck(
                        entry.position,
                        entry.operation,
                        state,
                        order.stream().map(choice -> choice.invocation().operation));
                if (order.isEmpty()) {
                    return new Verdict.Violated(explanation.text());
                }
                entry = back().after;
            }
        }
        return new Verdict.Linearizable();
    }

    private boolean take(Entry<I, O> entry) {
        Optional<S> next = after(entry.operation);
        return next.isPresent() && choose(entry, next.get());
    }

    /** The end of an operation without an answer that is not in the order: it was never executed. */
    private boolean leaveOut(Entry<I, O> end) {
        return choose(Objects.requireNonNull(end.other), state);
    }

    private boolean choose(Entry<I, O> entry, S next) {
        mark(entry, true);
        if (!seen.add(new Configuration(answered, open, next))) {
            mark(entry, false);
            return false;
        }
        order.add(new Choice<>(entry, state));
        state = next;
        timeline.lift(entry);
        return true;
    }

    /** An operation without an answer that changes nothing is as good as one that is never executed. */
    private Optional<S> after(Operation<I, O> operation) {
        O output = operation.output();
        if (output != null) {
            return model.answered(state, operation.input(), output);
        }
        S next = model.unseen(state, operation.input());
        return next.equals(state) ? Optional.empty() : Optional.of(next);
    }

    private Entry<I, O> back() {
        Choice<S, I, O> last = order.removeLast();
        timeline.putBack(last.invocation());
        mark(last.invocation(), false);
        state = last.before();
        return last.invocation();
    }

    private void mark(Entry<I, O> entry, boolean in) {
        if (entry.operation.isUnseen()) {
            open.set(entry.number - timeline.answered(), in);
        } else {
            answered.set(entry.number, in);
        }
    }

    private Verdict undecided(String why) {
        return new Verdict.Undecided(why + " for " + operations.size() + " operations");
    }
}
