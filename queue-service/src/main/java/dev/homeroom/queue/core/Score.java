package dev.homeroom.queue.core;

import java.util.List;

/**
 * How well a session and a task fit, as the coordinator scored them.
 *
 * @param total the sum of the parts
 * @param parts what it is made of
 */
public record Score(int total, List<Part> parts) {
    /**
     * One reason for or against.
     *
     * @param name what was looked at
     * @param points what it counted
     * @param why for people
     */
    public record Part(String name, int points, String why) {}
}
