package dev.homeroom.local.token;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a token shall say (design §9).
 *
 * @param subject who; 1 to 128 characters
 * @param roles at least one of {@link #ROLES}
 * @param classrooms which classrooms a teacher or an app may see; {@code *} is all
 * @param app the app that sends events, or null
 * @param student for a browser tracker: the one student it speaks for, or null
 * @param ttl 1 second to {@link #MAX_TTL}
 */
public record TokenRequest(
        String subject,
        Set<String> roles,
        Set<String> classrooms,
        @Nullable String app,
        @Nullable String student,
        Duration ttl) {
    /** Every role there is; {@code service} is for calls between the services. */
    public static final Set<String> ROLES = Set.of("operator", "agent", "app", "teacher", "admin", "service");
    /** A development token shall not live longer than a school year's half. */
    public static final Duration MAX_TTL = Duration.ofDays(180);
    /** A working day. */
    public static final Duration DEFAULT_TTL = Duration.ofHours(8);

    private static final int MAX_NAME = 128;
    private static final int MAX_CLASSROOMS = 100;

    /** Checks every bound. */
    public TokenRequest {
        roles = Set.copyOf(roles);
        classrooms = Set.copyOf(classrooms);
        check(!subject.isBlank() && subject.length() <= MAX_NAME, "the subject must have 1 to 128 characters");
        check(!roles.isEmpty() && ROLES.containsAll(roles), "the role must be one of " + ROLES);
        check(classrooms.size() <= MAX_CLASSROOMS, "at most 100 classrooms fit into a token");
        check(
                ttl.compareTo(Duration.ofSeconds(1)) >= 0 && ttl.compareTo(MAX_TTL) <= 0,
                "a token lives from 1 second to 180 days");
    }

    /** A token of one role for everybody's classrooms, living 8 hours. */
    public static TokenRequest of(String subject, String role) {
        return new TokenRequest(subject, Set.of(role), Set.of("*"), null, null, DEFAULT_TTL);
    }

    /** The same for these classrooms only. */
    public TokenRequest inClassrooms(String... names) {
        return new TokenRequest(subject, roles, Set.of(names), app, student, ttl);
    }

    /** The same for this app. */
    public TokenRequest forApp(String name) {
        return new TokenRequest(subject, roles, classrooms, name, student, ttl);
    }

    /** The same for one student. */
    public TokenRequest forStudent(String name) {
        return new TokenRequest(subject, roles, classrooms, app, name, ttl);
    }

    /** The same with another lifetime. */
    public TokenRequest livingFor(Duration lifetime) {
        return new TokenRequest(subject, roles, classrooms, app, student, lifetime);
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
