package dev.homeroom.coordinator.http;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.GrantView;
import dev.homeroom.coordinator.core.Kind;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A grant. */
public record GrantJson(
        @Schema(description = "lock, claim or limit") String kind,
        String name,

        @Schema(
                description =
                        "Fencing token: above those of all earlier grants. Send it along to whatever the grant protects.")
        long token,

        HolderJson holder,
        Instant since,
        Instant deadline,

        @Schema(description = "Until the deadline; a holder counts it from when it sent the request.")
        long remainingMs,

        @Nullable Map<String, String> metadata,

        @Schema(description = "Of a limit: permits left.") @Nullable
        Integer available) {
    static GrantJson of(GrantView grant) {
        return of(grant, null);
    }

    static GrantJson of(Answer.Granted granted) {
        GrantView grant = granted.grant();
        return of(grant, grant.kind() == Kind.LIMIT ? (Integer) granted.available() : null);
    }

    private static GrantJson of(GrantView grant, @Nullable Integer available) {
        HolderJson holder = HolderJson.of(grant.holder());
        return new GrantJson(
                grant.kind().label(),
                grant.name(),
                grant.token(),
                holder,
                holder.since(),
                holder.deadline(),
                grant.remainingMillis(),
                grant.metadata().isEmpty() ? null : grant.metadata(),
                available);
    }
}
