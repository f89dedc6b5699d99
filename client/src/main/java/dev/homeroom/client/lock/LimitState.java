package dev.homeroom.client.lock;

/**
 * A limit as the coordinator knows it at the time of the answer.
 *
 * @param permits how many may be held at once
 * @param used how many are
 * @param available how many are left
 * @param waiting how many requests wait for one
 */
public record LimitState(String key, int permits, int used, int available, int waiting) {}
