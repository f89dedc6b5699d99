package dev.homeroom.metrics.core;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The fold state of one seat. Events older than the grace are settled: folded for good into {@code base}. Younger ones are
 * held in event time order, and {@code live} is what they make of {@code base} as far as is known. Immutable and bounded.
 *
 * @param time how far the seat has come
 * @param base what follows from the settled events
 * @param held the events since, in {@link Observed#ORDER}
 * @param live what follows from {@code base} and {@code held}; its closed episodes are those that held events ended
 * @param announced what was told of the episodes that may still change, by id; never changed once made
 */
public record Lane(SeatTime time, Progress base, List<Observed> held, Progress live, Map<UUID, Announced> announced) {

    private static final int BYTES = 500;
    /** Of a track, in one of the halves. Most have some tracks in common. */
    private static final int BYTES_OF_TRACK = 120;

    private static final int BYTES_OF_HELD = 280;
    private static final int BYTES_OF_ANNOUNCED = 600;

    /**
     * The last thing told of an episode.
     *
     * @param revision 1 for the first
     * @param episode as told
     * @param asOf how far the event time of the seat was then
     */
    public record Announced(long revision, Episode episode, Instant asOf) {
        boolean open() {
            return episode.status() == Episode.Status.OPEN;
        }
    }

    /** About how many bytes of memory it takes. */
    int weight() {
        return BYTES
                + BYTES_OF_TRACK * (base.tracks().size() + live.tracks().size())
                + BYTES_OF_HELD * held.size()
                + BYTES_OF_ANNOUNCED * announced.size();
    }

    Lane at(SeatTime now) {
        return new Lane(now, base, held, live, announced);
    }

    Lane told(Map<UUID, Announced> now) {
        return new Lane(time, base, held, live, now);
    }

    /** Whether an open episode says more than was told of it; nothing can be added to one that was told to be over. */
    boolean isNews(Episode open) {
        Announced told = announced.get(open.id());
        return told == null
                || told.episode().status() == Episode.Status.RETRACTED
                || (told.open() && told.episode().level().compareTo(open.level()) < 0);
    }

    /** The episodes that were told to be open. */
    static Stream<Episode> open(Map<UUID, Announced> announced) {
        return announced.values().stream().filter(Announced::open).map(Announced::episode);
    }

    boolean toldOpen(Episode episode) {
        Announced told = announced.get(episode.id());
        return told != null && told.open();
    }
}
