package dev.homeroom.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** A student who fails ten times in a row, live: enough for both detectors. */
final class Struggle {
    private Struggle() {}

    static void now(Api app, String classroom, String student) {
        for (int i = 0; i < 10; i++) {
            Map<String, Object> event = Map.of(
                    "id",
                    UUID.randomUUID().toString(),
                    "classroom",
                    classroom,
                    "student",
                    student,
                    "type",
                    "attempt",
                    "target",
                    "exercise-1",
                    "skill",
                    "fractions",
                    "outcome",
                    "failure",
                    "occurredAt",
                    Instant.now().toString());
            assertThat(app.post("/api/metrics", event).status()).isEqualTo(202);
        }
    }
}
