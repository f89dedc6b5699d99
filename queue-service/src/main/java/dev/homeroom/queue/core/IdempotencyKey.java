package dev.homeroom.queue.core;

import java.util.UUID;

/**
 * An idempotency key, unique in the queue.
 *
 * @param key as the client made it
 * @param hash 128 bits of its SHA-256: what the unique index holds, small whatever the key's length
 * @param content 128 bits of the SHA-256 of type and canonical payload: a repeat must agree in it
 */
public record IdempotencyKey(String key, UUID hash, UUID content) {}
