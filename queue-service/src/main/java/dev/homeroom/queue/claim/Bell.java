package dev.homeroom.queue.claim;

import java.util.Set;
import java.util.function.Consumer;

/** Tells whoever listens that tasks may have become free; rung by parts that are made before the listener is. */
public final class Bell {
    private volatile Runnable listener = () -> {};
    private volatile Consumer<Set<String>> ofSessions = _ -> {};

    /** From now on the first is run at each ring, and the second told which sessions hold less. */
    public void heardBy(Runnable newListener, Consumer<Set<String>> sessions) {
        listener = newListener;
        ofSessions = sessions;
    }

    /** Something may be free. */
    public void ring() {
        listener.run();
    }

    /** These sessions hold less than before, so something may be free, and they may want it. */
    public void freed(Set<String> sessions) {
        ofSessions.accept(sessions);
        ring();
    }
}
