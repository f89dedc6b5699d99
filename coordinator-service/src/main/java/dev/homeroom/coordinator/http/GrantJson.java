package dev.homeroom.coordinator.http;

import dev.homeroom.coordinator.core.GrantView;
import java.time.Instant;

/**
 * A grant.
 *
 * @param remainingMs until the deadline; a holder counts it from when it sent the request
 */
public record GrantJson(
        String kind, String name, long token, HolderJson holder, Instant since, Instant deadline, long remainingMs) {
    static GrantJson of(GrantView grant) {
        HolderJson holder = HolderJson.of(grant.holder());
        return new GrantJson(
                grant.kind().label(),
                grant.name(),
                grant.token(),
                holder,
                holder.since(),
                holder.deadline(),
                grant.remainingMillis());
    }
}
