package dev.homeroom.client.session;

import java.util.Map;

/**
 * A session that may take a piece of work.
 *
 * @param score the higher, the better
 * @param parts what the score is made of, by name
 */
public record Candidate(Session session, double score, Map<String, Double> parts) {
    /** Copies the map; an absent one is empty. */
    @SuppressWarnings("NullAway") // Jackson gives null for what is absent
    public Candidate {
        parts = parts == null ? Map.of() : Map.copyOf(parts);
    }
}
