package dev.homeroom.metrics.scorecard;

import dev.homeroom.metrics.core.Episode;
import dev.homeroom.metrics.core.EpisodeRevision;
import dev.homeroom.metrics.core.Fold;
import dev.homeroom.metrics.core.FoldRules;
import dev.homeroom.metrics.core.Lane;
import dev.homeroom.metrics.core.Observed;
import dev.homeroom.metrics.core.PeerBook;
import dev.homeroom.metrics.core.Peers;
import dev.homeroom.metrics.core.Seat;
import dev.homeroom.metrics.core.Track;
import dev.homeroom.metrics.core.TrackKey;
import dev.homeroom.metrics.core.detector.Detector;
import dev.homeroom.metrics.core.detector.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Replays a homework as the service would have lived through it: the same fold, the same detectors, and of the class what was known
 * the evening before. Nothing is read from the future of a moment, nor from any label.
 */
final class Replay {
    private static final String APP = "autograder";

    private final FoldRules rules;
    private final Fold fold;
    private final Homework homework;
    private final Map<Instant, Map<String, Peers>> books = new HashMap<>();
    private final Map<String, List<Observed>> events = new HashMap<>();
    private final List<PeerBook.Attempt> attempts = new ArrayList<>();

    Replay(FoldRules rules, Homework homework) {
        this.rules = rules;
        this.fold = new Fold(rules);
        this.homework = homework;
        homework.students().forEach((student, work) -> {
            List<Observed> own = new ArrayList<>();
            for (Snapshot snapshot : work.snapshots()) {
                own.add(snapshot.event(homework.name(), new UUID(student.hashCode(), own.size())));
            }
            events.put(student, own);
            own.forEach(event -> attempts.add(new PeerBook.Attempt(student, event)));
        });
    }

    /** The traces of the students whose grade is known. */
    List<Trace> traces() {
        List<Trace> traces = new ArrayList<>();
        homework.students().forEach((student, work) -> {
            if (work.labelled()) {
                traces.add(new Trace(moments(student), work.low(), work.half()));
            }
        });
        return traces;
    }

    /** The clock hours in which somebody of the class worked. */
    long hours() {
        return attempts.stream()
                .map(attempt -> attempt.event().at().getEpochSecond() / 3_600)
                .distinct()
                .count();
    }

    private List<Trace.Moment> moments(String student) {
        Seat seat = new Seat(homework.name(), student, APP);
        List<Trace.Moment> moments = new ArrayList<>();
        Lane lane = null;
        for (Observed event : events.getOrDefault(student, List.of())) {
            Fold.Outcome outcome = fold.observe(seat, lane, beside(event));
            lane = outcome.lane();
            moments.add(new Trace.Moment(event.at(), readings(lane, event.at()), opened(outcome.revisions())));
        }
        return moments;
    }

    private Observed beside(Observed event) {
        Instant cutoff = PeerBook.cutoff(event.at());
        Map<String, Peers> book = books.computeIfAbsent(cutoff, _ -> PeerBook.asOf(cutoff, attempts));
        Peers peers = book.get(homework.name());
        return peers == null ? event : event.beside(peers);
    }

    private List<Reading> readings(Lane lane, Instant now) {
        List<Reading> readings = new ArrayList<>();
        lane.live().tracks().forEach((key, track) -> {
            int place = place(key);
            Reading reading =
                    place < 0 ? null : reading(place, rules.detectors().get(place), track, now);
            if (reading != null) {
                readings.add(reading);
            }
        });
        return List.copyOf(readings);
    }

    private static <M extends Record> @Nullable Reading reading(
            int place, Detector<M> detector, Track track, Instant now) {
        Signal signal = detector.read(detector.memory().cast(track.memory()));
        Episode open = track.open();
        if (signal == null && open == null) {
            return null;
        }
        Duration lasting = open == null ? Duration.ZERO : Duration.between(open.startedAt(), now);
        double score = signal == null ? 0 : signal.score();
        return new Reading(place, score, open == null ? 0 : open.score(), lasting);
    }

    private List<Integer> opened(List<EpisodeRevision> revisions) {
        return revisions.stream()
                .filter(revision -> revision.revision() == 1)
                .map(revision -> place(new TrackKey(
                        revision.episode().detector(), revision.episode().subject())))
                .toList();
    }

    private int place(TrackKey key) {
        for (int i = 0; i < rules.detectors().size(); i++) {
            if (rules.detectors().get(i).name().equals(key.detector())) {
                return i;
            }
        }
        return -1;
    }
}
