package dev.homeroom.metrics.edge;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.platform.problem.ProblemException;
import dev.homeroom.platform.security.Caller;
import dev.homeroom.platform.security.ClassroomScope;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Who publishes events, by the token: the app they count for, the classrooms it may name, and in a browser tracker's
 * token the one student.
 */
public record Publisher(String app, @Nullable String student, ClassroomScope scope) {

    /**
     * Of a token with an {@code app} claim.
     *
     * @throws ProblemException {@code forbidden} when the token names no app, or one that no event may bear
     */
    public static Publisher of(ClassroomScope scope) {
        Caller caller = scope.caller();
        String app = caller.app();
        if (app == null || Field.APP.fault(app) != null) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    app == null ? "The token names no app (claim app)." : "The token's " + Field.APP.fault(app) + ".");
        }
        return new Publisher(app, caller.student(), scope);
    }

    /** The CloudEvents source of its events. */
    public String source() {
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
