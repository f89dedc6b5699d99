package dev.homeroom.coordinator.http;

import dev.homeroom.coordinator.desk.Patience;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How to try again when somebody else holds it. */
@Schema(examples = """
        {"maxRetries": 5, "initialBackoff": "PT1S", "maxBackoff": "PT16S"}""")
public record RetryJson(
        @Schema(description = "Tries after the first, 0 to 10; absent: 5.") @Nullable
        Integer maxRetries,

        @Schema(description = "First pause, 10 ms to 60 s; absent: 1 s. Doubled each time.") @Nullable
        Duration initialBackoff,

        @Schema(description = "Longest pause, 10 ms to 60 s; absent: 16 s.") @Nullable
        Duration maxBackoff) {
    Patience patience() {
        return Patience.of(
                maxRetries,
                initialBackoff == null ? null : (Long) initialBackoff.toMillis(),
                maxBackoff == null ? null : (Long) maxBackoff.toMillis());
    }
}
