package dev.homeroom.dashboard.core;

import java.time.Duration;

/**
 * When an episode is worth a teacher's attention.
 *
 * @param from the lowest level that raises an alert
 * @param cooldown how long after an alert was closed the same trouble does not raise another one: it reopens the one
 *     that ended by itself, and stays quiet where a teacher closed it
 */
public record Policy(Level from, Duration cooldown) {}
