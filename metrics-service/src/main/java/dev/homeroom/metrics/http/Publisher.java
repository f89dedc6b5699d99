package dev.homeroom.metrics.http;

import dev.homeroom.platform.security.Caller;
import dev.homeroom.platform.security.ClassroomScope;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who publishes events, by the token: the app they count for, the classrooms it may name, and in a browser tracker's
 * token the one student.
 */
record Publisher(String app, @Nullable String student, ClassroomScope scope) {

    /** Of a token with an {@code app} claim. */
    static Publisher of(ClassroomScope scope) {
        Caller caller = scope.caller();
        return new Publisher(Objects.requireNonNull(caller.app(), "the token names no app"), caller.student(), scope);
    }

    /** The CloudEvents source of its events. */
    String source() {
        return "/apps/" + URLEncoder.encode(app, StandardCharsets.UTF_8);
    }

    /** Why this event is not this publisher's to send; null when it is. */
    @Nullable
    Refusal refusal(@Nullable String claimedApp, String classroom, String eventStudent) {
        if (claimedApp != null && !claimedApp.equals(app)) {
            return Refusal.forbidden("app: the token is another app's; leave the field out");
        }
        if (!scope.allows(classroom)) {
            return Refusal.forbidden("classroom: the token does not name this classroom");
        }
        return student == null || student.equals(eventStudent)
                ? null
                : Refusal.forbidden("student: the token speaks for another student");
    }
}
