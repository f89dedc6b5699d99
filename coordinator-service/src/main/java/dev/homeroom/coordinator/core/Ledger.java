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

    /** Why an answer with so many grants may not be kept beside the others; null when it may. */
    @Nullable
    Rejection full(int more) {
        int grants = more;
        for (Kept one : more > 1 ? kept : List.<Kept>of()) {
            grants += several(one.answer());
        }
        return grants <= Bounds.KEPT_GRANTS || more <= 1
                ? null
                : Rejection.of(
                        Rejection.Reason.TOO_MANY,
                        "the answers a session has not confirmed may have " + Bounds.KEPT_GRANTS
                                + " grants, with these " + grants
                                + "; confirm them by a higher unanswered seq and ask again");
    }

    /** How many grants an answer has, of the kinds that may have several; of others 0. */
    static int several(Answer answer) {
        return switch (answer) {
            case Answer.GrantedAll all -> all.grants().size();
            case Answer.TasksClaimed claimed -> claimed.grants().size();
            default -> 0;
        };
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
