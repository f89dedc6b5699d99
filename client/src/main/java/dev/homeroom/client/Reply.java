package dev.homeroom.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A successful answer. */
public final class Reply {
    private record PageWire(List<JsonNode> items, @Nullable String next) {}

    private final byte[] body;
    private final long sentNanos;

    Reply(byte[] body, long sentNanos) {
        this.body = body;
        this.sentNanos = sentNanos;
    }

    /** When the request was sent, on the monotonic clock: what the answer promises "from now" counts from here. */
    public long sentNanos() {
        return sentNanos;
    }

    /**
     * The body.
     *
     * @throws NoAnswerException when it cannot be read
     */
    public <T> T as(Class<T> type) {
        try {
            return Json.MAPPER.readValue(body, type);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** The body as a page of a list. */
    public <T> Page<T> asPageOf(Class<T> type) {
        PageWire page = as(PageWire.class);
        List<T> items = new ArrayList<>();
        try {
            for (JsonNode item : page.items) {
                items.add(Json.MAPPER.treeToValue(item, type));
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        return new Page<>(items, page.next);
    }

    private static NoAnswerException unreadable(IOException e) {
        return new NoAnswerException("The answer is not what was expected: " + e.getMessage(), e);
    }
}
