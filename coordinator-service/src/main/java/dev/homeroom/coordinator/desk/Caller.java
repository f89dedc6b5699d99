package dev.homeroom.coordinator.desk;

import dev.homeroom.platform.security.Roles;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;

/**
 * Who asks.
 *
 * @param subject of the token; what is in flight is counted by it, and the audit trail names it
 * @param roles of the token
 */
public record Caller(String subject, Set<String> roles) {
    /** Copies the set. */
    public Caller {
        roles = Set.copyOf(roles);
    }

    /** Whether it may take away what others hold: roles operator and admin. */
    public boolean mayForce() {
        return roles.contains(Roles.OPERATOR) || roles.contains(Roles.ADMIN);
    }

    /** Whether it may hold sessions and grants: agents, our own services, admin. */
    public boolean mayHold() {
        return roles.contains(Roles.AGENT) || roles.contains(Roles.SERVICE) || roles.contains(Roles.ADMIN);
    }

    /**
     * An id for something new: a fresh one, or, with a request id, always the same one, since a repeat must ask for the same
     * thing.
     */
    public String makeId(String requestId) {
        UUID id = requestId.isEmpty()
                ? UUID.randomUUID()
                : UUID.nameUUIDFromBytes((subject + "/" + requestId).getBytes(StandardCharsets.UTF_8));
        return id.toString();
    }
}
