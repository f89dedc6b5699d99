package dev.homeroom.coordinator.core;

/** What can be held: a lock, a claim or a limit, by name. */
public record ResourceKey(Kind kind, String name) implements Comparable<ResourceKey> {
    @Override
    public int compareTo(ResourceKey other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : name.compareTo(other.name);
    }
}
