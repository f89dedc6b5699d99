package dev.homeroom.metrics.stream;

import dev.homeroom.metrics.core.stream.Viewer;
import dev.homeroom.platform.security.Caller;
import dev.homeroom.platform.security.ClassroomScope;
import io.quarkus.security.identity.SecurityIdentity;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who reads a stream, by the token of the request that opened it. */
public final class Viewers {
    private Viewers() {}

    /** The viewer behind an identity; {@code acknowledges} as in {@link Viewer}. */
    public static Viewer of(SecurityIdentity identity, boolean acknowledges) {
        Caller caller = Caller.of(identity);
        ClassroomScope scope = ClassroomScope.of(caller);
        long expiresAt = identity.getPrincipal() instanceof JsonWebToken token
                ? Math.multiplyExact(token.getExpirationTime(), 1000L)
                : 0;
        return new Viewer(caller.subject(), scope.all(), scope.classrooms(), expiresAt, acknowledges);
    }
}
