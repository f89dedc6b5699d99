package dev.homeroom.dashboard;

import dev.homeroom.contracts.alert.Alert;
import dev.homeroom.contracts.alert.AlertChange;
import dev.homeroom.dashboard.core.AlertStatus;
import dev.homeroom.dashboard.core.Command;
import dev.homeroom.dashboard.core.Episode;
import dev.homeroom.dashboard.core.Revision;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of all classrooms, durably. Changes of one classroom happen one after the other, whoever asks, and are
 * numbered without a hole; each is stored, numbered and put up for publishing in one transaction. Safe for use by many
 * threads; every wait has a time limit.
 */
public interface AlertBook {

    /**
     * Takes revisions of episodes of one classroom, in their order. Known ones change nothing.
     *
     * @return how many changes came of it
     */
    Uni<Integer> observe(String classroom, List<Revision> revisions);

    /** The alert with this id; empty when there is none. */
    Uni<Optional<Alert>> find(UUID id);

    /** Does what a teacher asks, once per request id. */
    Uni<Done> act(String classroom, Request request);

    /** Wakes the alerts whose snooze is over, and has alerts follow levels that rose by time alone; returns how many changed. */
    Uni<Integer> wake(Instant now);

    /** Alerts of a classroom in one of these statuses, latest first, older than {@code after}; at most {@code limit}. */
    Uni<List<Alert>> list(String classroom, Set<AlertStatus> statuses, @Nullable UUID after, int limit);

    /** Changes of a classroom after a number; at most {@code limit}. */
    Uni<History> history(String classroom, long after, int limit);

    /** Episodes of students of a classroom, at their highest revision, that began or went on after an instant. */
    Uni<List<Episode>> episodes(String classroom, Set<String> students, Instant since);

    /**
     * What a teacher asks for.
     *
     * @param act the action
     * @param id recognises a repeat; null when the client does not care
     */
    record Request(Command.Act act, @Nullable UUID id) {}

    /** What came of an action. */
    sealed interface Done {
        /** It is as asked, now or since an earlier time. */
        record Yes(Alert alert) implements Done {}

        /** Its status does not allow it. */
        record WrongStatus(AlertStatus status) implements Done {}

        /** The alert is gone. */
        record Unknown() implements Done {}
    }

    /**
     * A stretch of a classroom's changes.
     *
     * @param epoch of its numbers
     * @param seq of its latest change; 0 when there is none
     * @param gap whether changes after the asked number are gone
     * @param items in order
     */
    record History(String classroom, String epoch, long seq, boolean gap, List<AlertChange> items) {
        public History {
            items = List.copyOf(items);
        }
    }
}
