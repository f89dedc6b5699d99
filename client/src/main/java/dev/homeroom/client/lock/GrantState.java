package dev.homeroom.client.lock;

import dev.homeroom.client.Holder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A grant as the coordinator knows it at the time of the answer.
 *
 * @param kind lock, claim or limit
 * @param remainingMs until its deadline
 * @param available of a limit: how many permits are left
 */
public record GrantState(
        String kind,
        String name,
        long token,
        @Nullable Holder holder,
        @Nullable Instant since,
        @Nullable Instant deadline,
        long remainingMs,
        @Nullable Integer available) {}
