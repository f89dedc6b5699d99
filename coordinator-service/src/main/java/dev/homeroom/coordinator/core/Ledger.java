package dev.homeroom.coordinator.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answers of an incarnation's numbered requests that its client may still ask for again.
 *
 * @param unanswered every seq below is answered and forgotten; at least 1
 * @param kept the answers from there up, by seq, at most {@link Bounds#IN_FLIGHT}
 */
public record Ledger(long unanswered, List<Kept> kept) {
    /** No request yet. */
    public static final Ledger EMPTY = new Ledger(1, List.of());

    /**
     * One answer.
     *
     * @param at when it was given, milliseconds of the replicated clock
     */
    public record Kept(long seq, long at, Answer answer) {}

    /** Copies the list. */
    public Ledger {
        kept = List.copyOf(kept);
    }

    @Nullable
    Kept find(long seq) {
        for (Kept one : kept) {
            if (one.seq() == seq) {
                return one;
            }
        }
        return null;
    }

    /** Forgets the answers below; a lower bound than the present one changes nothing. */
    Ledger from(long newUnanswered) {
        if (newUnanswered <= unanswered) {
            return this;
        }
        return new Ledger(
                newUnanswered,
                kept.stream().filter(one -> one.seq() >= newUnanswered).toList());
    }

    /** Without the answer of a request, which may be executed again. */
    Ledger without(long seq) {
        return find(seq) == null
                ? this
                : new Ledger(
                        unanswered,
                        kept.stream().filter(one -> one.seq() != seq).toList());
    }

    Ledger keep(Kept answer) {
        List<Kept> more = new ArrayList<>(kept.size() + 1);
        more.addAll(kept);
        int at = more.size();
        while (at > 0 && more.get(at - 1).seq() > answer.seq()) {
            at--;
        }
        more.add(at, answer);
        return new Ledger(unanswered, more);
    }
}
