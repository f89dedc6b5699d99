package dev.homeroom.metrics.http;

import dev.homeroom.metrics.core.stream.Position;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where an event stream stands, as the id of an event: {@code classroom:epoch:seq}, percent-encoded, for each classroom of
 * the stream, with commas in between. Used by one thread at a time.
 */
final class EventPlaces {
    private static final int LONGEST_ID = 16_384;

    private final Map<String, Position> places = new LinkedHashMap<>();

    /** Reads what a client sends back; what is no place of ours counts as none, and the stream starts anew there. */
    static EventPlaces read(@Nullable String id) {
        EventPlaces read = new EventPlaces();
        if (id != null && id.length() <= LONGEST_ID) {
            for (String part : id.split(",", -1)) {
                read.place(part.strip().split(":", -1));
            }
        }
        return read;
    }

    @Nullable
    Position of(String classroom) {
        return places.get(classroom);
    }

    void put(String classroom, Position position) {
        places.put(classroom, position);
    }

    String id() {
        return places.entrySet().stream()
                .map(each ->
                        encoded(each.getKey()) + ":" + encoded(each.getValue().epoch()) + ":"
                                + each.getValue().seq())
                .collect(Collectors.joining(","));
    }

    private void place(String[] parts) {
        if (parts.length != 3) {
            return;
        }
        try {
            long seq = Long.parseLong(parts[2]);
            if (seq >= 0 && !parts[1].isEmpty()) {
                places.put(decoded(parts[0]), new Position(decoded(parts[1]), seq));
            }
        } catch (IllegalArgumentException e) {
            // Not a place of ours: the classroom starts with a snapshot, which misses nothing.
            places.remove(parts[0]);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
