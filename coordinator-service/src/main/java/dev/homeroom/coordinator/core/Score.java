package dev.homeroom.coordinator.core;

import java.util.List;

/**
 * How well a session and a task fit, with its parts. Higher is better.
 *
 * @param total sum of the points
 */
public record Score(int total, List<Part> parts) {
    /** One part; {@code why} for people. */
    public record Part(String name, int points, String why) {}
}
