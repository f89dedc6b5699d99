package dev.homeroom.dashboard.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A student's alerts in memory, for tests: every change gets the next number. */
final class Ledger {
    static final Instant START = Instant.parse("2026-11-02T09:00:00Z");
    static final Policy POLICY = new Policy(Level.LOW, Duration.ofMinutes(10));

    private StudentAlerts state = StudentAlerts.none("c1", "ada");
    private final List<Change> changes = new ArrayList<>();
    private int fresh;

    /** A revision of an episode, caused so many minutes after the start. */
    static Episode episode(String id, long revision, EpisodeStatus status, Level level, int minute) {
        return episode(id, revision, status, level, minute, "repeated-errors");
    }

    static Episode episode(String id, long revision, EpisodeStatus status, Level level, int minute, String detector) {
        var at = START.plus(Duration.ofMinutes(minute));
        return new Episode(
                id,
                revision,
                status,
                "ada",
                "judge",
                detector,
                "task-1",
                level,
                START,
                status == EpisodeStatus.CLOSED ? at : null,
                new Trace("rule", Map.of("errors", (double) revision), List.of()),
                at);
    }

    List<Change> observe(Episode episode) {
        return observe(Revision.of(episode));
    }

    List<Change> observe(Episode episode, Level student, Standing.Rise... rises) {
        return observe(new Revision(episode, new Standing(student, List.of(rises))));
    }

    List<Change> observe(Revision revision) {
        return take(new Command.Observe(revision, "alert-" + ++fresh));
    }

    List<Change> rise(int minute) {
        return take(new Command.Rise(at(minute), "alert-" + ++fresh));
    }

    static Standing.Rise rise(int minute, Level level) {
        return new Standing.Rise(at(minute), level);
    }

    List<Change> act(Command.Action action, int minute) {
        return act(action, minute, null);
    }

    List<Change> act(Command.Action action, int minute, @Nullable Instant until) {
        return take(command(action, minute, until));
    }

    Decision decide(Command.Action action, int minute) {
        return Alerts.decide(state, command(action, minute, null), POLICY);
    }

    List<Change> wake(int minute) {
        return take(new Command.Wake(latest().id(), at(minute)));
    }

    AlertState latest() {
        return changes.getLast().alert();
    }

    /** The student's level as told last. */
    Level level() {
        return state.level();
    }

    List<AlertState> alerts() {
        return state.alerts();
    }

    List<Change> changes() {
        return changes;
    }

    static Instant at(int minute) {
        return START.plus(Duration.ofMinutes(minute));
    }

    private Command.Act command(Command.Action action, int minute, @Nullable Instant until) {
        return new Command.Act(latest().id(), action, "teacher", at(minute), until, null);
    }

    private List<Change> take(Command command) {
        if (!(Alerts.decide(state, command, POLICY) instanceof Decision.Taken taken)) {
            throw new AssertionError("refused: " + command);
        }
        state = taken.after();
        changes.addAll(taken.changes());
        return taken.changes();
    }
}
