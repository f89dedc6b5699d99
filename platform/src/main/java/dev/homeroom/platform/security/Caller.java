package dev.homeroom.platform.security;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.json.JsonString;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * What the token of a request says about who sent it.
 *
 * @param subject who; empty without a token
 * @param roles of {@link Roles}
 * @param classrooms the classrooms it is limited to; contains {@code *} for all
 * @param app the education app, in tokens of apps
 * @param student the student's pseudonym, in the short-lived tokens of browser trackers
 */
public record Caller(
        String subject,
        Set<String> roles,
        Set<String> classrooms,
        @Nullable String app,
        @Nullable String student) {
    /** The entry of the {@code classrooms} claim that stands for every classroom. */
    public static final String EVERY_CLASSROOM = "*";

    public Caller {
        roles = Set.copyOf(roles);
        classrooms = Set.copyOf(classrooms);
    }

    /** Reads the facts from a verified identity; an identity that is not a token's has no classrooms. */
    public static Caller of(SecurityIdentity identity) {
        if (!(identity.getPrincipal() instanceof JsonWebToken token)) {
            String name = identity.isAnonymous() ? "" : identity.getPrincipal().getName();
            return new Caller(name, identity.getRoles(), Set.of(), null, null);
        }
        String subject = token.getSubject();
        return new Caller(
                subject == null ? token.getName() : subject,
                identity.getRoles(),
                strings(token.getClaim("classrooms")),
                string(token.getClaim("app")),
                string(token.getClaim("student")));
    }

    /** Whether the token carries the role. */
    public boolean is(String role) {
        return roles.contains(role);
    }

    private static Set<String> strings(@Nullable Object claim) {
        return claim instanceof Collection<?> values
                ? values.stream().map(Caller::string).filter(v -> v != null).collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    private static @Nullable String string(@Nullable Object claim) {
        return switch (claim) {
            case JsonString json -> json.getString();
            case String text -> text;
            case null, default -> null;
        };
    }
}
