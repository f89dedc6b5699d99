package dev.homeroom.coordinator.core;

/** An affinity as it is kept; {@code open}: it has no windows, or the leader found one open when it last looked. */
public record Preference(Affinity affinity, boolean open) {
    Preference turned(boolean nowOpen) {
        return new Preference(affinity, nowOpen);
    }

    Answer.OneAffinity answer() {
        return new Answer.OneAffinity(affinity, open);
    }
}
