package dev.homeroom.metrics.postgres;

import dev.homeroom.contracts.event.EventType;
import dev.homeroom.contracts.frustration.EpisodeChange;
import dev.homeroom.contracts.frustration.Evidence;
import dev.homeroom.metrics.core.Episode;
import dev.homeroom.metrics.core.EpisodeRevision;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes of episodes on their way to Kafka, every revision in order. */
final class EpisodeOutbox {
    private final Outbox outbox;

    EpisodeOutbox(Outbox outbox) {
        this.outbox = outbox;
    }

    /**
     * Appends them.
     *
     * @param told what {@link EpisodeTable#save} answered for these revisions
     */
    void append(Connection connection, List<EpisodeRevision> revisions, Map<UUID, EpisodeTable.Told> told)
            throws SQLException {
        Map<UUID, Integer> seen = new HashMap<>();
        Set<UUID> explained = EpisodeTable.explained(connection, revisions);
        List<Outbox.Entry> entries = new ArrayList<>(revisions.size());
        for (EpisodeRevision revision : revisions) {
            EpisodeTable.Told stored = told.get(revision.episode().id());
            if (stored != null) {
                int place = seen.merge(revision.episode().id(), 1, Integer::sum);
                EpisodeChange change = change(revision, stored.before() + place, stored.suspect(), explained);
                entries.add(new Outbox.Entry(change.classroom(), change.id() + ":" + change.revision(), change));
            }
        }
        outbox.append(connection, EventType.EPISODE_CHANGED, entries);
    }

    private static EpisodeChange change(
            EpisodeRevision revision, long told, @Nullable UUID suspect, Set<UUID> explained) {
        Episode episode = revision.episode();
        return new EpisodeChange(
                episode.id().toString(),
                told,
                episode.status().word(),
                revision.seat().classroom(),
                revision.seat().student(),
                revision.seat().app(),
                episode.detector(),
                episode.level().word(),
                episode.score(),
                episode.subject().target(),
                episode.subject().skill(),
                episode.startedAt(),
                episode.endedAt(),
                new Evidence(
                        episode.evidence().rule(),
                        episode.evidence().values(),
                        episode.evidence().events()),
                revision.causedAt(),
                suspect == null ? null : suspect.toString(),
                Standings.of(revision, explained));
    }
}
