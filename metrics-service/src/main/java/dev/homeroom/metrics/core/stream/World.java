package dev.homeroom.metrics.core.stream;

/** What the hub asks of the world around it. Every method returns at once; answers come back as {@link Input}. */
public interface World {
    /** Sends a frame after those before it; {@link Input.Written} follows when it has left. */
    void send(long connection, Outgoing frame);

    /** Closes a connection; frames that have not left may be lost. */
    void close(long connection, Ending why);

    /** Looks up what a client's device has received; {@link Input.ReceiptFound} or its failure follows. */
    void findReceipt(long connection, String subject, String device, String classroom);

    /** Stores what a client's device has received, some time soon. */
    void keepReceipt(String subject, String device, String classroom, Position position);

    /** Asks for changes after a number; {@link Input.HistoryRead} or its failure follows. */
    void readHistory(String classroom, long after);

    /** Asks for a classroom's alerts as they are; {@link Input.SnapshotRead} or its failure follows. */
    void readSnapshot(String classroom);
}
