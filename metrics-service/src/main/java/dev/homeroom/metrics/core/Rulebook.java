package dev.homeroom.metrics.core;

import org.jspecify.annotations.Nullable;

/** Which rules hold for whom. Immutable; safe to use from several threads. */
public interface Rulebook {
    /** Another number means other rules; states that were made by other rules have to be loaded again. */
    long version();

    /** The fold that episodes come from. */
    Fold live(Seat seat);

    /** The rules that are tried on the seat in the shadow, if any are. */
    @Nullable
    Trial shadow(Seat seat);

    /**
     * Rules that run in the shadow: they see every event and tell nobody.
     *
     * @param number of the trial; another number is another trial, which starts with nothing
     * @param fold by the rules on trial
     */
    record Trial(long number, Fold fold) {}
}
