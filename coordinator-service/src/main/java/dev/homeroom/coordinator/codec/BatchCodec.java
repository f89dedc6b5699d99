package dev.homeroom.coordinator.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Batch;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.store.v1.StoredAnswers;
import dev.homeroom.coordinator.store.v1.StoredBatch;
import dev.homeroom.coordinator.store.v1.StoredCommands;
import java.util.List;

/**
 * Bytes of log entries, and of commands and answers between replicas. Whatever this version does not know is an
 * {@link UnreadableException}, for which a replica that reads its log must stop. Thread-safe. Entries carry no checksum
 * of their own: the log has one.
 */
public final class BatchCodec {
    /** Raised with any change of meaning, a new command included. 2: waits, steals, several at once. */
    private static final int FORMAT = 2;

    /** Since then what is absent means what it meant. */
    private static final int OLDEST = 1;

    private BatchCodec() {}

    /** A log entry. */
    public static byte[] encode(Batch batch) {
        StoredBatch.Builder stored = StoredBatch.newBuilder()
                .setFormat(FORMAT)
                .setTerm(batch.term())
                .setElapsedNanos(batch.elapsedNanos())
                .setWall(batch.wallMillis());
        for (Command command : batch.commands()) {
            stored.addCommands(CommandWriter.stored(command));
        }
        return stored.build().toByteArray();
    }

    /** A log entry; {@link UnreadableException} stops the process. */
    public static Batch decode(byte[] bytes) {
        return read("log entry", () -> {
            StoredBatch stored = StoredBatch.parseFrom(bytes);
            check(stored.getFormat());
            List<Command> commands =
                    stored.getCommandsList().stream().map(CommandReader::core).toList();
            return new Batch(stored.getTerm(), stored.getElapsedNanos(), stored.getWall(), commands);
        });
    }

    /** Commands on their way to the leader. */
    public static byte[] encodeCommands(List<Command> commands) {
        StoredCommands.Builder stored = StoredCommands.newBuilder().setFormat(FORMAT);
        commands.forEach(command -> stored.addCommands(CommandWriter.stored(command)));
        return stored.build().toByteArray();
    }

    /** The reverse of {@link #encodeCommands}. */
    public static List<Command> decodeCommands(byte[] bytes) {
        return read("request of a replica", () -> {
            StoredCommands stored = StoredCommands.parseFrom(bytes);
            check(stored.getFormat());
            return stored.getCommandsList().stream().map(CommandReader::core).toList();
        });
    }

    /** Answers on their way back, in the order of the commands. */
    public static byte[] encodeAnswers(List<Answer> answers) {
        StoredAnswers.Builder stored = StoredAnswers.newBuilder().setFormat(FORMAT);
        answers.forEach(answer -> stored.addAnswers(AnswerWriter.stored(answer)));
        return stored.build().toByteArray();
    }

    /** The reverse of {@link #encodeAnswers}. */
    public static List<Answer> decodeAnswers(byte[] bytes) {
        return read("answer of a replica", () -> {
            StoredAnswers stored = StoredAnswers.parseFrom(bytes);
            check(stored.getFormat());
            return stored.getAnswersList().stream().map(AnswerReader::core).toList();
        });
    }

    private static void check(int format) {
        if (format < OLDEST || format > FORMAT) {
            throw new UnreadableException(
                    "format " + format + "; this version reads formats " + OLDEST + " to " + FORMAT);
        }
    }

    /** Something that parses. */
    private interface Parsing<T> {
        T parse() throws InvalidProtocolBufferException;
    }

    private static <T> T read(String what, Parsing<T> parsing) {
        try {
            return parsing.parse();
        } catch (InvalidProtocolBufferException e) {
            throw new UnreadableException("damaged " + what, e);
        }
    }
}
