package dev.homeroom.metrics.edge;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.platform.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The body of a publishing request: one event, an array of events, or lines of events. One bad event harms nobody else;
 * only a body that cannot be read as a whole is refused as a whole. In lines, each line stands for itself.
 *
 * @param single whether it was one event, not a list
 * @param events what became of each, in order
 */
public record Body(boolean single, List<Reading> events) {
    /** Of a request, unpacked: some thousand events' worth of bytes. */
    public static final int MOST_BYTES = 1 << 20;
    /** Of a request: what the broker takes in one or two batches. */
    public static final int MOST_EVENTS = 1000;

    /** The media type of lines. */
    public static final String NDJSON = "application/x-ndjson";

    /**
     * Reads a body.
     *
     * @param lines whether it is {@link #NDJSON}
     * @throws ProblemException {@code malformed}, {@code too-large} or {@code too-many}: nothing of it is taken
     */
    public static Body read(byte[] bytes, boolean lines, ItemReader reader) {
        bounded(bytes);
        try {
            return lines ? new Body(false, lines(bytes, reader)) : json(bytes, reader);
        } catch (IOException e) {
            throw new ProblemException(ProblemType.MALFORMED, "The body is not JSON.");
        }
    }

    /**
     * Unpacks what the content encoding packed.
     *
     * @throws ProblemException {@code unsupported-media-type} for anything but gzip, {@code malformed} when it is not
     *     what it says, {@code too-large} as soon as the bound is passed
     */
    public static byte[] unpacked(byte[] bytes, @Nullable String encoding) {
        if (encoding == null || encoding.isBlank() || encoding.strip().equalsIgnoreCase("identity")) {
            return bytes;
        }
        if (!encoding.strip().toLowerCase(Locale.ROOT).equals("gzip")) {
            throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Of content encodings, gzip is taken.");
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] unpacked = in.readNBytes(MOST_BYTES + 1);
            if (unpacked.length > MOST_BYTES) {
                throw tooLarge();
            }
            return unpacked;
        } catch (IOException e) {
            throw new ProblemException(ProblemType.MALFORMED, "The body is not gzip.");
        }
    }

    private static Body json(byte[] bytes, ItemReader reader) throws IOException {
        try (JsonParser in = Json.parser(bytes)) {
            JsonToken first = in.nextToken();
            if (first != JsonToken.START_OBJECT && first != JsonToken.START_ARRAY) {
                throw new ProblemException(
                        ProblemType.MALFORMED, "The body is an event (an object) or an array of events.");
            }
            Body body = first == JsonToken.START_OBJECT
                    ? new Body(true, List.of(reader.read(in)))
                    : new Body(false, array(in, reader));
            if (in.nextToken() != null) {
                throw new ProblemException(ProblemType.MALFORMED, "Something follows the end of the JSON.");
            }
            return body;
        }
    }

    /** Reads the items of the list the parser stands at the start of; leaves it at its end. */
    static List<Reading> array(JsonParser in, ItemReader reader) throws IOException {
        List<Reading> events = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            bounded(events);
            events.add(reader.read(in));
        }
        return events;
    }

    private static List<Reading> lines(byte[] bytes, ItemReader reader) throws IOException {
        List<Reading> events = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '\n') {
                if (!blank(bytes, start, i)) {
                    bounded(events);
                    events.add(line(bytes, start, i - start, reader));
                }
                start = i + 1;
            }
        }
        return events;
    }

    private static Reading line(byte[] bytes, int offset, int length, ItemReader reader) throws IOException {
        try (JsonParser in = Json.parser(bytes, offset, length)) {
            in.nextToken();
            Reading reading = reader.read(in);
            return in.nextToken() == null
                    ? reading
                    : new Reading.Refused(Refusal.malformed("something follows the event in its line"));
        } catch (IOException e) {
            return new Reading.Refused(Refusal.malformed("the line is not JSON"));
        }
    }

    private static boolean blank(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\r' && bytes[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    private static void bounded(List<Reading> events) {
        if (events.size() == MOST_EVENTS) {
            throw new ProblemException(ProblemType.TOO_MANY, "A request has at most " + MOST_EVENTS + " events.");
        }
    }

    /** Goes on only with a body that is not too large. */
    static void bounded(byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw tooLarge();
        }
    }

    private static ProblemException tooLarge() {
        return new ProblemException(
                ProblemType.TOO_LARGE,
                "A request has at most " + MOST_BYTES + " bytes, unpacked; send smaller batches.");
    }
}
