package dev.homeroom.metrics.core;

import org.jspecify.annotations.Nullable;

/** Names a track: one for each detector and subject. Immutable; knows its hash, since tracks are copied with every event. */
public final class TrackKey {
    private final String detector;
    private final Subject subject;
    private final int hash;

    /** Of the detector of that name, and what it looks at. */
    public TrackKey(String detector, Subject subject) {
        this.detector = detector;
        this.subject = subject;
        this.hash = 31 * detector.hashCode() + subject.hashCode();
    }

    /** The name of the detector. */
    public String detector() {
        return detector;
    }

    /** What it looks at. */
    public Subject subject() {
        return subject;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof TrackKey key
                        && hash == key.hash
                        && detector.equals(key.detector)
                        && subject.equals(key.subject));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return detector + " of " + subject;
    }
}
