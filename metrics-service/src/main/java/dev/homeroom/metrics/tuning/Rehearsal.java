package dev.homeroom.metrics.tuning;

import dev.homeroom.metrics.core.Episode;
import dev.homeroom.metrics.core.EpisodeRevision;
import dev.homeroom.metrics.core.Observed;
import dev.homeroom.metrics.core.Rulebook;
import dev.homeroom.metrics.core.Seat;
import dev.homeroom.metrics.core.ShadowRevision;
import dev.homeroom.metrics.core.Student;
import dev.homeroom.metrics.core.StudentState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Folds what was by the rules in use and by rules on trial, student by student, and compares what both tell. Writes
 * nothing; remembers one student at a time. Not safe for several threads.
 */
public final class Rehearsal {
    private final Rulebook rules;
    private final SortedMap<String, Tally> tallies = new TreeMap<>();
    private final Set<Instant> minutes = new HashSet<>();
    private @Nullable Student present;
    private StudentState state = StudentState.NONE;
    private final Map<UUID, Episode> live = new HashMap<>();
    private final Map<UUID, Episode> shadow = new HashMap<>();
    private long events;
    private long late;
    private long students;

    /** A rehearsal of the trial in {@code rules}. */
    public Rehearsal(Rulebook rules) {
        this.rules = rules;
    }

    /**
     * What came of it.
     *
     * @param events that were folded
     * @param late of them, too old for the moment they came in
     * @param students who did something
     * @param activeHours hours of the classroom in which something happened, counted by the minute
     * @param detectors by name; those that told nothing by either rules are left out
     */
    public record Report(long events, long late, long students, double activeHours, List<Told> detectors) {}

    /**
     * What a detector tells.
     *
     * @param would how many episodes by the rules on trial
     * @param live how many by the rules in use
     * @param both how many of them are the same: same student, subject and start
     * @param students how many would have an episode by the rules on trial
     * @param perActiveHour {@code would} by active hour of the classroom
     */
    public record Told(String detector, long would, long live, long both, long students, double perActiveHour) {}

    private static final class Tally {
        private long would;
        private long live;
        private long both;
        private long students;
    }

    /** Folds an event. All events of a student come one after the other, in the order in which the edge took them. */
    public void observe(Seat seat, Observed event, Instant until) {
        Student student = new Student(seat.classroom(), seat.student());
        if (!student.equals(present)) {
            leave(until);
            present = student;
            students++;
        }
        events++;
        minutes.add(event.at().truncatedTo(ChronoUnit.MINUTES));
        StudentState.Outcome outcome = state.observe(rules, seat, event);
        late += outcome.late() ? 1 : 0;
        accept(outcome);
    }

    private void accept(StudentState.Outcome outcome) {
        state = outcome.state();
        for (EpisodeRevision revision : outcome.revisions()) {
            live.put(revision.episode().id(), revision.episode());
        }
        for (ShadowRevision each : outcome.shadows()) {
            shadow.put(each.revision().episode().id(), each.revision().episode());
        }
    }

    /** The student does nothing more until then; what was told is counted. */
    private void leave(Instant until) {
        Student student = present;
        if (student != null) {
            accept(state.tick(rules, student, until));
        }
        live.values().removeIf(episode -> episode.status() == Episode.Status.RETRACTED);
        shadow.values().removeIf(episode -> episode.status() == Episode.Status.RETRACTED);
        live.values().forEach(episode -> tally(episode).live++);
        Set<String> seen = new HashSet<>();
        shadow.forEach((id, episode) -> {
            Tally tally = tally(episode);
            tally.would++;
            tally.both += live.containsKey(id) ? 1 : 0;
            tally.students += seen.add(episode.detector()) ? 1 : 0;
        });
        live.clear();
        shadow.clear();
        state = StudentState.NONE;
        present = null;
    }

    private Tally tally(Episode episode) {
        return tallies.computeIfAbsent(episode.detector(), _ -> new Tally());
    }

    /** What came of all of it when nothing more happens before {@code until}. */
    public Report report(Instant until) {
        leave(until);
        double hours = minutes.size() / 60.0;
        List<Told> told = tallies.entrySet().stream()
                .map(entry -> {
                    Tally tally = entry.getValue();
                    double rate = hours == 0 ? 0 : tally.would / hours;
                    return new Told(entry.getKey(), tally.would, tally.live, tally.both, tally.students, rate);
                })
                .toList();
        return new Report(events, late, students, hours, told);
    }
}
