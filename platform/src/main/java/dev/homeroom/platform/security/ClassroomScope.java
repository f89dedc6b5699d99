package dev.homeroom.platform.security;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.platform.problem.ProblemException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.Set;

/**
 * The classrooms that the caller of this request may see. Every path that names or lists a classroom asks here. Admins
 * and our own services see all; everybody else what the token's {@code classrooms} claim names.
 */
@RequestScoped
public class ClassroomScope {
    private final Caller caller;

    /** Of the request's identity. */
    @Inject
    public ClassroomScope(SecurityIdentity identity) {
        this(Caller.of(identity));
    }

    private ClassroomScope(Caller caller) {
        this.caller = caller;
    }

    /** Of a caller outside a request, such as the owner of a connection. */
    public static ClassroomScope of(Caller caller) {
        return new ClassroomScope(caller);
    }

    /** Who it is. */
    public Caller caller() {
        return caller;
    }

    /** Whether every classroom is in the scope. */
    public boolean all() {
        return caller.is(Roles.ADMIN)
                || caller.is(Roles.SERVICE)
                || caller.classrooms().contains(Caller.EVERY_CLASSROOM);
    }

    /** The classrooms in the scope; meaningless when {@link #all()}. */
    public Set<String> classrooms() {
        return caller.classrooms();
    }

    /** Whether this classroom is in the scope. */
    public boolean allows(String classroom) {
        return all() || caller.classrooms().contains(classroom);
    }

    /**
     * Goes on only when this classroom is in the scope.
     *
     * @throws ProblemException {@code forbidden}, in the same words whether or not the classroom exists
     */
    public void require(String classroom) {
        if (!allows(classroom)) {
            throw new ProblemException(ProblemType.FORBIDDEN, "The token does not name this classroom.");
        }
    }
}
