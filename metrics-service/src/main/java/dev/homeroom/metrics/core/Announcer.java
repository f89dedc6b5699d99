package dev.homeroom.metrics.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Compares what is known of the episodes of a seat with what was told of them, and collects the difference. */
final class Announcer {
    private final RuleIndex rules;
    private final Seat seat;
    private final Lane lane;
    private final Instant causedAt;
    private final Map<UUID, Lane.Announced> announced;
    private final List<EpisodeRevision> revisions = new ArrayList<>();

    Announcer(RuleIndex rules, Seat seat, Lane lane, Instant causedAt) {
        this.rules = rules;
        this.seat = seat;
        this.lane = lane;
        this.causedAt = causedAt;
        this.announced = new LinkedHashMap<>(lane.announced());
    }

    void compare(Progress view) {
        Set<UUID> seen = new HashSet<>();
        for (Episode episode : view.closed()) {
            seen.add(episode.id());
            tell(episode);
        }
        for (Track track : view.tracks().values()) {
            Episode open = track.open();
            if (open != null) {
                seen.add(open.id());
                tell(open);
            }
        }
        for (Lane.Announced told : List.copyOf(announced.values())) {
            if (!seen.contains(told.episode().id())) {
                tell(vanished(told.episode()));
            }
        }
    }

    private void tell(Episode episode) {
        Lane.Announced before = announced.get(episode.id());
        if (before == null || !before.episode().equals(episode)) {
            long revision = before == null ? 1 : before.revision() + 1;
            announced.put(
                    episode.id(),
                    new Lane.Announced(revision, episode, lane.time().highWater()));
            revisions.add(new EpisodeRevision(seat, revision, episode, causedAt));
        }
    }

    /** An episode that is not there any more was none, unless its detector was switched off meanwhile. */
    private Episode vanished(Episode told) {
        if (rules.detector(told.detector()) != null) {
            return told.retracted();
        }
        return told.status() == Episode.Status.OPEN ? told.closed(lane.time().highWater()) : told;
    }

    Map<UUID, Lane.Announced> announced() {
        return announced;
    }

    List<EpisodeRevision> revisions() {
        return revisions;
    }

    /**
     * What must still be remembered of {@code lane} after {@code closed} was settled.
     *
     * @param prospects the episodes that events or silence may still bring up; asked for only where it matters
     */
    static Map<UUID, Lane.Announced> settled(Lane lane, List<Episode> closed, Supplier<Set<UUID>> prospects) {
        if (lane.announced().isEmpty()) {
            return lane.announced();
        }
        Set<UUID> done = closed.stream().map(Episode::id).collect(Collectors.toSet());
        Map<UUID, Lane.Announced> kept = new LinkedHashMap<>();
        for (Map.Entry<UUID, Lane.Announced> entry : lane.announced().entrySet()) {
            Lane.Announced told = entry.getValue();
            boolean mayChange = !done.contains(entry.getKey())
                    && (told.open()
                            || !told.asOf().isBefore(lane.time().horizon())
                            || prospects.get().contains(entry.getKey()));
            if (mayChange) {
                kept.put(entry.getKey(), told);
            }
        }
        return kept;
    }
}
