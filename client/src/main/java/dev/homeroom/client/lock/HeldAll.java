package dev.homeroom.client.lock;

import java.util.List;

/** Several locks that were acquired together; closing releases each, the last first. */
public record HeldAll(List<Held> all) implements AutoCloseable {
    /** Copies the list. */
    public HeldAll {
        all = List.copyOf(all);
    }

    /** Whether every one is held now. */
    public boolean isHeld() {
        return all.stream().allMatch(Held::isHeld);
    }

    @Override
    public void close() {
        all.reversed().forEach(Held::close);
    }
}
