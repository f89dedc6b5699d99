package dev.homeroom.coordinator.core;

/**
 * A place in the stream of changes.
 *
 * @param index log index of the entry that made the change
 * @param ordinal which change of that entry, from 0
 */
public record Cursor(long index, int ordinal) implements Comparable<Cursor> {
    /** Before the first change. */
    public static final Cursor START = new Cursor(0, -1);

    /** The first place that may follow. */
    Cursor next() {
        return new Cursor(index, ordinal + 1);
    }

    @Override
    public int compareTo(Cursor other) {
        int byIndex = Long.compare(index, other.index);
        return byIndex != 0 ? byIndex : Integer.compare(ordinal, other.ordinal);
    }
}
