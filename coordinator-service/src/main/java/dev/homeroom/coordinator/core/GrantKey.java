package dev.homeroom.coordinator.core;

/**
 * A grant's place: the resource, then its owner. An owner has at most one grant of a resource, and all grants of a
 * resource lie side by side in this order.
 */
public record GrantKey(Kind kind, String name, String session, String holder) implements Comparable<GrantKey> {
    @Override
    public int compareTo(GrantKey other) {
        int order = kind.compareTo(other.kind);
        if (order == 0) {
            order = name.compareTo(other.name);
        }
        if (order == 0) {
            order = session.compareTo(other.session);
        }
        return order != 0 ? order : holder.compareTo(other.holder);
    }

    boolean of(Kind kind, String name) {
        return this.kind == kind && this.name.equals(name);
    }
}
