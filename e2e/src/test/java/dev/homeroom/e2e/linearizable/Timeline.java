package dev.homeroom.e2e.linearizable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Invocations and returns in the order of time, as a linked list from which an operation can be lifted and put back in
 * constant time. For one thread.
 */
final class Timeline<I, O> {
    /** An invocation or a return. */
    static final class Entry<I, O> {
        final Operation<I, O> operation;
        /** The operation's number: those with an answer first, in the order of their invocations. */
        final int number;

        final boolean invocation;
        /** Where it stands in time. */
        int position;

        @Nullable
        Entry<I, O> before;

        @Nullable
        Entry<I, O> after;
        /** Of an invocation: its return; null when there is none. Of a return: its invocation. */
        @Nullable
        Entry<I, O> other;

        private Entry(Operation<I, O> operation, int number, boolean invocation) {
            this.operation = operation;
            this.number = number;
            this.invocation = invocation;
        }

        private long time() {
            return invocation ? operation.invoked() : operation.returned();
        }
    }

    private final int answered;
    private @Nullable Entry<I, O> first;
    private int returns;

    Timeline(List<Operation<I, O>> operations) {
        List<Operation<I, O>> sorted = new ArrayList<>(operations);
        sorted.sort(Comparator.<Operation<I, O>, Boolean>comparing(Operation::isUnseen)
                .thenComparingLong(Operation::invoked));
        List<Entry<I, O>> entries = new ArrayList<>(2 * sorted.size());
        for (int i = 0; i < sorted.size(); i++) {
            Entry<I, O> invocation = new Entry<>(sorted.get(i), i, true);
            entries.add(invocation);
            if (sorted.get(i).returned() != Operation.NEVER) {
                Entry<I, O> end = new Entry<>(sorted.get(i), i, false);
                end.other = invocation;
                invocation.other = end;
                entries.add(end);
            }
            returns += sorted.get(i).isUnseen() ? 0 : 1;
        }
        answered = returns;
        // At the same instant the invocation comes first: the two overlap then, which permits more orders.
        entries.sort(Comparator.<Entry<I, O>>comparingLong(Entry::time).thenComparing(entry -> !entry.invocation));
        Entry<I, O> last = null;
        for (int i = 0; i < entries.size(); i++) {
            Entry<I, O> entry = entries.get(i);
            entry.position = i;
            entry.before = last;
            if (last == null) {
                first = entry;
            } else {
                last.after = entry;
            }
            last = entry;
        }
    }

    /** How many operations have an answer. */
    int answered() {
        return answered;
    }

    @Nullable
    Entry<I, O> first() {
        return first;
    }

    /** Whether every operation with an answer is lifted. */
    boolean explained() {
        return returns == 0;
    }

    void lift(Entry<I, O> invocation) {
        unlink(invocation);
        if (invocation.other != null) {
            unlink(invocation.other);
        }
        returns -= invocation.operation.isUnseen() ? 0 : 1;
    }

    /** Puts back what was lifted last. */
    void putBack(Entry<I, O> invocation) {
        if (invocation.other != null) {
            link(invocation.other);
        }
        link(invocation);
        returns += invocation.operation.isUnseen() ? 0 : 1;
    }

    private void unlink(Entry<I, O> entry) {
        if (entry.before == null) {
            first = entry.after;
        } else {
            entry.before.after = entry.after;
        }
        if (entry.after != null) {
            entry.after.before = entry.before;
        }
    }

    private void link(Entry<I, O> entry) {
        if (entry.before == null) {
            first = entry;
        } else {
            entry.before.after = entry;
        }
        if (entry.after != null) {
            entry.after.before = entry;
        }
    }
}
