package dev.homeroom.metrics.core;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * Tracks that are kept, in their order. Some tens of thousands of these are in memory, and the nodes of a map would take as
 * much of it as the tracks do, so it is one array; finding one by its key takes a look at each. Immutable.
 */
final class Tracks extends AbstractMap<TrackKey, Track> {
    /** Key, track, key, track … */
    private final Object[] pairs;

    private Tracks(Object[] pairs) {
        this.pairs = pairs;
    }

    /** These, in their order. */
    static Tracks of(Map<TrackKey, Track> tracks) {
        if (tracks instanceof Tracks same) {
            return same;
        }
        Object[] pairs = new Object[2 * tracks.size()];
        int next = 0;
        for (Entry<TrackKey, Track> each : tracks.entrySet()) {
            pairs[next++] = each.getKey();
            pairs[next++] = each.getValue();
        }
        return new Tracks(pairs);
    }

    @Override
    public Set<Entry<TrackKey, Track>> entrySet() {
        return new Entries();
    }

    private final class Entries extends AbstractSet<Entry<TrackKey, Track>> {
        @Override
        public int size() {
            return pairs.length / 2;
        }

        @Override
        public Iterator<Entry<TrackKey, Track>> iterator() {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < pairs.length;
                }

                @Override
                public Entry<TrackKey, Track> next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    return Map.entry((TrackKey) pairs[next++], (Track) pairs[next++]);
                }
            };
        }
    }
}
