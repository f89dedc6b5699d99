package dev.homeroom.coordinator.sim;

import java.util.HashMap;
import java.util.Map;

/** A resource outside, protected by fencing tokens alone: it refuses a token below the highest it has seen. */
final class FencedStore extends Party {
    private final Witness witness;
    private final Map<String, Long> highest = new HashMap<>();

    FencedStore(Schedule schedule, Witness witness) {
        super("store", schedule);
        this.witness = witness;
    }

    @Override
    void started() {
        throw new IllegalStateException("the store is never killed");
    }

    @Override
    void receive(Party from, Message message) {
        if (message instanceof Message.Write write && write.token() >= highest.getOrDefault(write.resource(), 0L)) {
            highest.put(write.resource(), write.token());
            witness.accepted(write);
        }
    }
}
