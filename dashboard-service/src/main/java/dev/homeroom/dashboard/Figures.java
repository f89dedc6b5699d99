package dev.homeroom.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The figures that metrics-service keeps. The answers are passed on as they are: their form is that service's business.
 * A failure is a {@link Unavailable} when it cannot be reached in time, or a {@link Refused}.
 */
public interface Figures {

    /** Figures of a classroom between two instants (null: the service's default), by buckets of a length. */
    Uni<JsonNode> classroom(String classroom, @Nullable Instant from, @Nullable Instant to, @Nullable Duration bucket);

    /** Frustration of a student, as far as these classrooms saw it; {@code *} is all of them. */
    Uni<JsonNode> student(String student, Set<String> classrooms);

    /** metrics-service cannot be reached, is too slow, or broke. */
    final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1;

        /** With what happened. */
        public Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** metrics-service refused the question. */
    final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final int status;

        /** With its status and its words. */
        public Refused(int status, String detail) {
            super(detail);
            this.status = status;
        }

        /** The HTTP status: 400 for a question it does not understand, 404 for what it does not know. */
        public int status() {
            return status;
        }
    }
}
