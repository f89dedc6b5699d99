package dev.homeroom.queue.model;

import java.util.Arrays;

/** A growing set of worlds, each with the one from which it was reached first: an open hash table over two arrays. */
final class Worlds {
    private long[] worlds = new long[1 << 12];
    private int[] parents = new int[1 << 12];
    /** Places in the arrays plus one; 0 is free. */
    private int[] table = new int[1 << 14];

    private int size;

    int size() {
        return size;
    }

    long get(int place) {
        return worlds[place];
    }

    /** From where it was reached; -1 for a beginning. */
    int parent(int place) {
        return parents[place];
    }

    /** Adds it unless it is there. */
    void add(long world, int parent) {
        int slot = slot(world);
        if (table[slot] != 0) {
            return;
        }
        if (size == worlds.length) {
            worlds = Arrays.copyOf(worlds, 2 * size);
            parents = Arrays.copyOf(parents, 2 * size);
        }
        worlds[size] = world;
        parents[size] = parent;
        table[slot] = ++size;
        if (2 * size > table.length) {
            table = new int[2 * table.length];
            for (int place = 0; place < size; place++) {
                table[slot(worlds[place])] = place + 1;
            }
        }
    }

    private int slot(long world) {
        long mixed = world * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed >>> 32) & (table.length - 1);
        while (table[slot] != 0 && worlds[table[slot] - 1] != world) {
            slot = (slot + 1) & (table.length - 1);
        }
        return slot;
    }
}
