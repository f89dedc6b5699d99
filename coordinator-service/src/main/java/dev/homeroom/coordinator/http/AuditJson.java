package dev.homeroom.coordinator.http;

import dev.homeroom.coordinator.core.Change;
import dev.homeroom.coordinator.core.Published;
import dev.homeroom.coordinator.desk.Places;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One line of the audit trail: a session or a grant began or ended. */
public record AuditJson(
        @Schema(description = "Its place in the stream of changes.")
        String cursor,

        Instant at,

        @Schema(description = "session, lock, claim or limit")
        String kind,

        @Schema(description = "Of the resource, or the id of the session.")
        String name,

        @Schema(description = "registered, granted or ended")
        String change,

        @Schema(
                description =
                        "Why it ended: released, expired, stolen, forced, unconfirmed, cancelled, session-failed, …")
        @Nullable
        String reason,

        String session,
        long incarnation,
        @Nullable String holder,
        @Nullable Long token,

        @Schema(description = "Until when it was granted.") @Nullable
        Instant deadline,

        @Schema(description = "Who made it so, when it was not the session itself.") @Nullable
        String by,

        @Schema(description = "The reason that was given.") @Nullable
        String why) {
    static AuditJson of(Published published) {
        String cursor = Places.text(published.at());
        Instant at = Texts.instant(published.change().wall());
        return switch (published.change()) {
            case Change.OfSession session ->
                new AuditJson(
                        cursor,
                        at,
                        "session",
                        session.session(),
                        session.reason() == null ? "registered" : "ended",
                        session.reason() == null ? null : session.reason().label(),
                        session.session(),
                        session.incarnation(),
                        null,
                        null,
                        null,
                        null,
                        null);
            case Change.OfGrant grant ->
                new AuditJson(
                        cursor,
                        at,
                        grant.kind().label(),
                        grant.name(),
                        grant.reason() == null ? "granted" : "ended",
                        grant.reason() == null ? null : grant.reason().label(),
                        grant.session(),
                        grant.incarnation(),
                        grant.holder(),
                        grant.token(),
                        Texts.instant(grant.deadlineWall()),
                        Texts.orNull(grant.by()),
                        Texts.orNull(grant.why()));
        };
    }
}
