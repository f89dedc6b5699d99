package dev.homeroom.coordinator.core;

import org.jspecify.annotations.Nullable;

/**
 * A node of a {@link SortedTable}: a leaf holds values; an inner node holds children, and {@code keys[i]} is the lowest key of child i (not of child
 * 0).
 */
final class TableNode {
    /** Entries of a node: small enough to copy, large enough for flat trees (a million entries: four levels). */
    static final int WIDTH = 32;

    final Object owner;
    final boolean leaf;
    final @Nullable Object[] keys = new @Nullable Object[WIDTH];
    final @Nullable Object[] slots = new @Nullable Object[WIDTH];
    int count;

    TableNode(Object owner, boolean leaf) {
        this.owner = owner;
        this.leaf = leaf;
    }

    void insert(int at, @Nullable Object key, @Nullable Object slot) {
        System.arraycopy(keys, at, keys, at + 1, count - at);
        System.arraycopy(slots, at, slots, at + 1, count - at);
        keys[at] = key;
        slots[at] = slot;
        count++;
    }

    void remove(int at) {
        System.arraycopy(keys, at + 1, keys, at, count - at - 1);
        System.arraycopy(slots, at + 1, slots, at, count - at - 1);
        count--;
        keys[count] = null;
        slots[count] = null;
    }

    void takeFrom(TableNode other, int from) {
        int moved = other.count - from;
        System.arraycopy(other.keys, from, keys, count, moved);
        System.arraycopy(other.slots, from, slots, count, moved);
        count += moved;
    }

    void cutAt(int size) {
        for (int i = size; i < count; i++) {
            keys[i] = null;
            slots[i] = null;
        }
        count = size;
    }
}
