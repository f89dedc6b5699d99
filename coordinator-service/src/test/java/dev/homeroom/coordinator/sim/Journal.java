package dev.homeroom.coordinator.sim;

import java.util.ArrayList;
import java.util.List;

/** A replica's disk: what survives a restart. Writes are durable at once. */
final class Journal {
    /** Entries kept before a snapshot, so that only those who lag far behind need it. */
    private static final int TAIL = 5;

    private final List<Entry> entries = new ArrayList<>();
    private long baseIndex;
    private long baseTerm;
    private Snapshot snapshot = new Snapshot(0, 0, new byte[0]);
    private long term;
    private int votedFor = -1;

    /** A state, up to an index. */
    static final class Snapshot {
        private final long index;
        private final long term;
        private final byte[] bytes;

        Snapshot(long index, long term, byte[] bytes) {
            this.index = index;
            this.term = term;
            this.bytes = bytes;
        }

        long index() {
            return index;
        }

        long term() {
            return term;
        }

        byte[] bytes() {
            return bytes;
        }

        @Override
        public String toString() {
            return "Snapshot[index=" + index + ", bytes=" + bytes.length + "]";
        }
    }

    long term() {
        return term;
    }

    int votedFor() {
        return votedFor;
    }

    void vote(long newTerm, int candidate) {
        term = newTerm;
        votedFor = candidate;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    long lastIndex() {
        return baseIndex + entries.size();
    }

    long lastTerm() {
        return entries.isEmpty() ? baseTerm : entries.getLast().term();
    }

    /** Whether the term of an index is known: it is not, once compacted away. */
    boolean knows(long index) {
        return index >= baseIndex && index <= lastIndex();
    }

    long termAt(long index) {
        return index == baseIndex ? baseTerm : entry(index).term();
    }

    Entry entry(long index) {
        return entries.get((int) (index - baseIndex - 1));
    }

    /** A copy: messages must not change with the log. */
    List<Entry> from(long index, int most) {
        int start = (int) (index - baseIndex - 1);
        return List.copyOf(entries.subList(start, Math.min(entries.size(), start + most)));
    }

    void append(Entry entry) {
        entries.add(entry);
    }

    /** The suffix from there was never committed. */
    void truncateFrom(long index) {
        entries.subList((int) (index - baseIndex - 1), entries.size()).clear();
    }

    /** A snapshot of its own: the log before it goes, but for a tail. */
    void compact(Snapshot own) {
        snapshot = own;
        long newBase = own.index() - TAIL;
        if (newBase > baseIndex) {
            baseTerm = termAt(newBase);
            entries.subList(0, (int) (newBase - baseIndex)).clear();
            baseIndex = newBase;
        }
    }

    /** A snapshot of the leader replaces the log, but for what goes on after it. */
    void install(Snapshot other) {
        boolean goesOn = knows(other.index()) && termAt(other.index()) == other.term();
        snapshot = other;
        if (goesOn) {
            entries.subList(0, (int) (other.index() - baseIndex)).clear();
        } else {
            entries.clear();
        }
        baseIndex = other.index();
        baseTerm = other.term();
    }
}
