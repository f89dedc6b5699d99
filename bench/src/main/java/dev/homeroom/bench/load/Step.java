package dev.homeroom.bench.load;

/** What a caller does again and again. Never waits: it says when it is done. */
@FunctionalInterface
public interface Step {
    /** Begins one turn of a caller, 0 to callers - 1; calls {@code done} exactly once at its end. */
    void run(int caller, Done done);

    /** How a turn ended. */
    interface Done {
        /** It did what it should. */
        void ok();

        /** It did not. */
        void failed(Throwable failure);

        /** Notes the time since the turn began, for a part that is measured apart (the first half of a pair). */
        void part();
    }
}
