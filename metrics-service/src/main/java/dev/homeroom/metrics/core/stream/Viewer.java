package dev.homeroom.metrics.core.stream;

import java.util.Set;

/**
 * Who reads a stream.
 *
 * @param subject by the token
 * @param everywhere whether every classroom may be read; otherwise only {@code classrooms}
 * @param expiresAt when the token ends, in milliseconds since 1970
 * @param acknowledges whether the client says what it received; one that cannot (SSE) is not closed for keeping silent
 */
public record Viewer(String subject, boolean everywhere, Set<String> classrooms, long expiresAt, boolean acknowledges) {
    public Viewer {
        classrooms = Set.copyOf(classrooms);
    }

    /** Whether this classroom may be read. */
    public boolean allows(String classroom) {
        return everywhere || classrooms.contains(classroom);
    }
}
