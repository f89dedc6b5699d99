package dev.homeroom.coordinator.core;

/** A waiter's place in the queue of one resource. */
record QueuePlace(Kind kind, String name, long ticket) implements Comparable<QueuePlace> {
    @Override
    public int compareTo(QueuePlace other) {
        int order = kind.compareTo(other.kind);
        if (order == 0) {
            order = name.compareTo(other.name);
        }
        return order != 0 ? order : Long.compare(ticket, other.ticket);
    }

    boolean of(ResourceKey resource) {
        return kind == resource.kind() && name.equals(resource.name());
    }
}
