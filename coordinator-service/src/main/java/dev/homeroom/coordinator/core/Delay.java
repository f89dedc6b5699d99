package dev.homeroom.coordinator.core;

/**
 * Nobody gets the resource before {@code until}, milliseconds of the replicated clock: its last holder asked for that
 * should it not give it back, and may still be at work. Not even the same session gets it: the one that lost it may be
 * another thread of it. Only {@link Strategy#FORCE_ACQUIRE} does not care.
 */
public record Delay(ResourceKey resource, long until) {
    /** Whether an end of this kind leaves the holder at work, possibly. */
    static boolean follows(EndReason reason) {
        return switch (reason) {
            case EXPIRED, SESSION_FAILED, SUPERSEDED, UNCONFIRMED, FORCED, CANCELLED -> true;
            case RELEASED, SESSION_RELEASED, STOLEN -> false;
        };
    }
}
