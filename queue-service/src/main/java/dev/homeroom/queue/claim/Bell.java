package dev.homeroom.queue.claim;

/** Tells whoever listens that tasks may have become free; rung by parts that are made before the listener is. */
public final class Bell {
    private volatile Runnable listener = () -> {};

    /** From now on this is run at each ring. */
    public void heardBy(Runnable newListener) {
        listener = newListener;
    }

    /** Something may be free. */
    public void ring() {
        listener.run();
    }
}
