package dev.homeroom.bench.queue;

import java.util.UUID;

/**
 * A task that somebody has claimed.
 *
 * @param id the task
 * @param token what proves the claim; 0 where there is no such thing
 * @param payload as it was enqueued
 */
public record Work(UUID id, long token, String payload) {}
