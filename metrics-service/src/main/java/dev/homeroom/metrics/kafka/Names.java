package dev.homeroom.metrics.kafka;

import org.jspecify.annotations.Nullable;

/**
 * Gives equal names the same object, as far as it remembers them: what the fold holds of 10,000 students names the same
 * targets, skills and students over and over. Bounded; safe for any thread, since a lost race only costs a copy.
 */
final class Names {
    /** A power of two. */
    private static final int SLOTS = 1 << 15;

    private final @Nullable String[] slots = new @Nullable String[SLOTS];

    String same(String name) {
        int hash = name.hashCode();
        int slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
        String known = slots[slot];
        if (known != null && known.equals(name)) {
            return known;
        }
        slots[slot] = name;
        return name;
    }

    @Nullable
    String sameOrNull(@Nullable String name) {
        return name == null ? null : same(name);
    }
}
