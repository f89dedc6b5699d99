package dev.homeroom.client.session;

import java.util.List;

/**
 * A session that may take a piece of work.
 *
 * @param score why it stands where it stands
 */
public record Candidate(Session session, Score score) {
    /**
     * How well it fits; higher is better.
     *
     * @param total the sum of the parts
     */
    public record Score(int total, List<Part> parts) {
        /** Copies the list. */
        public Score {
            parts = List.copyOf(parts);
        }
    }

    /** A part of a score; {@code why} is for people. */
    public record Part(String name, int points, String why) {}
}
