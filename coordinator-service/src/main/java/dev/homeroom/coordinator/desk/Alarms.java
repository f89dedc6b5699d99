package dev.homeroom.coordinator.desk;

/** Time for waits: in milliseconds from any beginning, never going back. Thread-safe. */
interface Alarms {
    /** Now. */
    long millis();

    /** Runs something once, about so many milliseconds from now, on a thread that may not be kept. */
    Alarm after(long millis, Runnable action);

    /** What will be run. */
    interface Alarm {
        /** It is not wanted any more; it may be running already. */
        void cancel();
    }
}
