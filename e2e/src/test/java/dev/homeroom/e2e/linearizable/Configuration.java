package dev.homeroom.e2e.linearizable;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;

/**
 * Where a search stands: which operations are in the order already, and the state after them. Two orders of the same
 * operations that end in the same state have the same future, so one of them is enough. Of the operations with an
 * answer, all early ones are in; only the words behind those are kept.
 */
final class Configuration {
    private final int skipped;
    private final long[] answered;
    private final long[] open;
    private final Object state;
    private final int hash;

    Configuration(BitSet answered, BitSet open, Object state) {
        this.skipped = answered.nextClearBit(0) / Long.SIZE;
        this.answered = answered.get(skipped * Long.SIZE, Math.max(answered.length(), skipped * Long.SIZE))
                .toLongArray();
        this.open = open.toLongArray();
        this.state = state;
        this.hash = Objects.hash(skipped, Arrays.hashCode(this.answered), Arrays.hashCode(this.open), state);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Configuration that
                && hash == that.hash
                && skipped == that.skipped
                && Arrays.equals(answered, that.answered)
                && Arrays.equals(open, that.open)
                && state.equals(that.state);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
