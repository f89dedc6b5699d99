package dev.homeroom.coordinator.grpc;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.coordinator.desk.Caller;
import dev.homeroom.coordinator.v1.CoordinatorGrpc;
import dev.homeroom.platform.security.Roles;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.GlobalInterceptor;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Lets calls of {@code homeroom.coordinator.v1} in, by the roles of their token, and says to the operation who calls. The
 * token itself was checked by the HTTP layer; a call without one is UNAUTHENTICATED.
 */
@GlobalInterceptor
@ApplicationScoped
public class Doorkeeper implements ServerInterceptor {
    private static final Context.Key<Caller> CALLER = Context.key("homeroom-caller");
    private static final Context.Key<RoutingContext> ROUTING = Context.key("homeroom-routing");

    private static final Set<String> HOLDERS = Set.of(Roles.AGENT, Roles.SERVICE, Roles.ADMIN);
    private static final Set<String> READERS = Set.of(Roles.AGENT, Roles.OPERATOR, Roles.SERVICE, Roles.ADMIN);
    private static final Set<String> OPERATORS = Set.of(Roles.OPERATOR, Roles.ADMIN);
    private static final Set<String> SERVICES = Set.of(Roles.SERVICE);

    /** Who may call what; what is not named here is for those who hold something. */
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("GetSession", READERS),
            Map.entry("ListSessions", READERS),
            Map.entry("FindSessions", READERS),
            // An operator may take by force; the terms are checked where they are read.
            Map.entry("Acquire", READERS),
            Map.entry("GetResource", READERS),
            Map.entry("ListGrants", READERS),
            Map.entry("PutLimit", READERS),
            Map.entry("GetLimit", READERS),
            Map.entry("ListLimits", READERS),
            Map.entry("PutAffinity", READERS),
            Map.entry("GetAffinity", READERS),
            Map.entry("ListAffinities", READERS),
            Map.entry("DeleteAffinity", READERS),
            Map.entry("ReadAudit", READERS),
            Map.entry("Watch", READERS),
            Map.entry("ForceRelease", OPERATORS),
            Map.entry("Maintain", OPERATORS),
            Map.entry("ClaimTasks", SERVICES),
            Map.entry("AssignTask", SERVICES),
            Map.entry("RenewTasks", SERVICES),
            Map.entry("ReleaseTasks", SERVICES),
            Map.entry("RaiseTokenFloor", SERVICES));

    private final CurrentIdentityAssociation identities;

    /** With the identity that the HTTP layer found. */
    @Inject
    public Doorkeeper(CurrentIdentityAssociation identities) {
        this.identities = identities;
    }

    /** Who makes the present call. */
    static Caller caller() {
        Caller caller = CALLER.get();
        if (caller == null) {
            throw new IllegalStateException("outside a call");
        }
        return caller;
    }

    /**
     * Does something when the present call is over, whichever way. To be called where the call begins. The server's cancel
     * handlers do not hear of a client that goes away after it has sent its whole request; the HTTP layer does.
     */
    static void whenOver(Runnable action) {
        RoutingContext routing = ROUTING.get();
        if (routing == null) {
            throw new IllegalStateException("outside the HTTP server");
        }
        routing.addEndHandler(ended -> action.run());
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        if (!CoordinatorGrpc.SERVICE_NAME.equals(call.getMethodDescriptor().getServiceName())) {
            return next.startCall(call, headers);
        }
        SecurityIdentity identity = identities.getIdentity();
        if (identity.isAnonymous()) {
            return refuse(
                    call, ProblemType.UNAUTHENTICATED, "Send a valid, unexpired token: authorization: Bearer <token>.");
        }
        Set<String> roles = identity.getRoles();
        if (Collections.disjoint(roles, allowed(call.getMethodDescriptor().getBareMethodName()))) {
            return refuse(call, ProblemType.FORBIDDEN, "The token's role does not allow this.");
        }
        Caller caller = new Caller(subject(identity), roles);
        Context context = Context.current().withValues(CALLER, caller, ROUTING, routing());
        return Contexts.interceptCall(context, call, headers, next);
    }

    /** Of the HTTP request that carries the call; the framework keeps it only while the call begins. */
    private static @Nullable RoutingContext routing() {
        io.vertx.core.Context context = Vertx.currentContext();
        return context == null ? null : context.getLocal(RoutingContext.class.getName());
    }

    private static Set<String> allowed(@Nullable String method) {
        return method == null ? Set.of() : ALLOWED.getOrDefault(method, HOLDERS);
    }

    private static String subject(SecurityIdentity identity) {
        return identity.getPrincipal() instanceof JsonWebToken token && token.getSubject() != null
                ? token.getSubject()
                : identity.getPrincipal().getName();
    }

    private static <Q, R> ServerCall.Listener<Q> refuse(ServerCall<Q, R> call, ProblemType type, String detail) {
        StatusRuntimeException status = Problems.status(type, detail);
        Metadata trailers = status.getTrailers();
        call.close(status.getStatus(), trailers == null ? new Metadata() : trailers);
        return new ServerCall.Listener<>() {};
    }
}
