package dev.homeroom.metrics.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Compares what is known of the episodes of a seat with what was told of them, and collects the difference. */
final class Announcer {
    private final RuleIndex rules;
    private final Seat seat;
    private final Instant highWater;
    private final Instant causedAt;
    private final Map<UUID, Lane.Announced> announced;
    private final List<EpisodeRevision> revisions = new ArrayList<>();

    /**
     * @param announced what was told so far
     * @param highWater how far the event time of the seat is
     * @param causedAt when the edge took what changes it
     */
    Announcer(RuleIndex rules, Seat seat, Map<UUID, Lane.Announced> announced, Instant highWater, Instant causedAt) {
        this.rules = rules;
        this.seat = seat;
        this.highWater = highWater;
        this.causedAt = causedAt;
        this.announced = new LinkedHashMap<>(announced);
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
            announced.put(episode.id(), new Lane.Announced(revision, episode, highWater));
            revisions.add(new EpisodeRevision(seat, revision, episode, causedAt, List.of()));
        }
    }

    /** An episode that is not there any more was none, unless its detector was switched off meanwhile. */
    private Episode vanished(Episode told) {
        if (rules.detector(told.detector()) != null) {
            return told.retracted();
        }
        return told.status() == Episode.Status.OPEN ? told.closed(highWater) : told;
    }

    Map<UUID, Lane.Announced> announced() {
        return announced;
    }

    List<EpisodeRevision> revisions() {
        return revisions;
    }

    /**
     * What must still be remembered of {@code announced} after {@code closed} was settled: the same where that is all of it.
     *
     * @param horizon everything before it is settled
     * @param prospects the episodes that events or silence may still bring up; asked for only where it matters
     */
    static Map<UUID, Lane.Announced> settled(
            Map<UUID, Lane.Announced> announced, Instant horizon, List<Episode> closed, Supplier<Set<UUID>> prospects) {
        if (announced.isEmpty()) {
            return announced;
        }
        Set<UUID> done = closed.stream().map(Episode::id).collect(Collectors.toSet());
        Predicate<Lane.Announced> mayChange =
                told -> !done.contains(told.episode().id())
                        && (told.open()
                                || !told.asOf().isBefore(horizon)
                                || prospects.get().contains(told.episode().id()));
        Map<UUID, Lane.Announced> kept = new LinkedHashMap<>();
        announced.forEach((id, told) -> {
            if (mayChange.test(told)) {
                kept.put(id, told);
            }
        });
        return kept.size() == announced.size() ? announced : kept;
    }
}
