package dev.homeroom.platform.event;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import java.util.UUID;

/** Ids: UUIDv7 where something new happens, UUIDv5 where the same input must give the same id. Thread-safe. */
public final class EventIds {
    private static final TimeBasedEpochRandomGenerator FRESH = Generators.timeBasedEpochRandomGenerator();

    private EventIds() {}

    /** A new id, sortable by time. */
    public static UUID fresh() {
        return FRESH.generate();
    }

    /** The id of this name within this namespace: always the same. */
    public static UUID derived(UUID namespace, String name) {
        return Generators.nameBasedGenerator(namespace).generate(name);
    }
}
