package dev.homeroom.coordinator.http;

import dev.homeroom.coordinator.core.Answer;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a maintenance round ended. */
public record MaintenanceJson(
        @Schema(description = "Sessions that failed.") int sessions,
        @Schema(description = "Grants that ended.") int grants,

        @Schema(description = "Something is still due: ask again.")
        boolean more) {
    static MaintenanceJson of(Answer.Expired answer) {
        return new MaintenanceJson(answer.sessions(), answer.grants(), answer.more());
    }
}
