package dev.homeroom.coordinator.codec;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Batch;
import dev.homeroom.coordinator.core.Command;
import java.util.List;

/** Bytes of log entries, and of commands and answers between replicas. Thread-safe. */
public final class BatchCodec {
    private BatchCodec() {}

    /** A log entry. */
    @SuppressWarnings("DoNotCallSuggester") // its body follows
    public static byte[] encode(Batch batch) {
        throw new UnsupportedOperationException("filled in shortly: " + batch.term());
    }

    /** A log entry; {@link UnreadableException} stops the process. */
    @SuppressWarnings("DoNotCallSuggester") // its body follows
    public static Batch decode(byte[] bytes) {
        throw new UnsupportedOperationException("filled in shortly: " + bytes.length);
    }

    /** Commands on their way to the leader. */
    @SuppressWarnings("DoNotCallSuggester") // its body follows
    public static byte[] encodeCommands(List<Command> commands) {
        throw new UnsupportedOperationException("filled in shortly: " + commands.size());
    }

    /** The reverse of {@link #encodeCommands}. */
    @SuppressWarnings("DoNotCallSuggester") // its body follows
    public static List<Command> decodeCommands(byte[] bytes) {
        throw new UnsupportedOperationException("filled in shortly: " + bytes.length);
    }

    /** Answers on their way back, in the order of the commands. */
    @SuppressWarnings("DoNotCallSuggester") // its body follows
    public static byte[] encodeAnswers(List<Answer> answers) {
        throw new UnsupportedOperationException("filled in shortly: " + answers.size());
    }

    /** The reverse of {@link #encodeAnswers}. */
    @SuppressWarnings("DoNotCallSuggester") // its body follows
    public static List<Answer> decodeAnswers(byte[] bytes) {
        throw new UnsupportedOperationException("filled in shortly: " + bytes.length);
    }
}
