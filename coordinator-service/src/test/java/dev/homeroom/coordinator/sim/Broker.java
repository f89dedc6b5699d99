package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Published;

/** Kafka: takes what is published, unless it is down; then perhaps a part. */
final class Broker {
    private final Schedule schedule;
    private final Witness witness;
    private boolean down;

    Broker(Schedule schedule, Witness witness) {
        this.schedule = schedule;
        this.witness = witness;
    }

    void down(boolean now) {
        schedule.note("broker", now ? "down" : "up");
        down = now;
    }

    /** Whether it took all. */
    boolean take(Replica from, Answer.Backlog backlog) {
        if (down && schedule.chance(3) > 0) {
            return false;
        }
        int taken = down ? schedule.chance(backlog.changes().size() + 1) : Integer.MAX_VALUE;
        if (backlog.gap() != null) {
            witness.gap(backlog.gap());
        }
        for (Published published : backlog.changes()) {
            if (taken-- == 0) {
                return false;
            }
            witness.published(from, published);
        }
        return !down;
    }
}
