package dev.homeroom.coordinator.desk;

import dev.homeroom.coordinator.core.Cursor;
import dev.homeroom.coordinator.core.Published;

/** What a watcher is told. */
public sealed interface WatchEvent {
    /** The stream begins: every wanted change after this place comes. */
    record Begun(Cursor at) implements WatchEvent {}

    /** Something happened. */
    record Changed(Published change) implements WatchEvent {}

    /** Changes are not kept any more; they go on after this place, and the present state must be read. */
    record Missed(Cursor resume) implements WatchEvent {}
}
