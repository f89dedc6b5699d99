package dev.homeroom.metrics.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.metrics.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever way the same events come, the same episodes stand in the end. */
class FoldPropertyTest {
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final Duration GRACE = Samples.RULES.grace();
    private static final int SEEDS = 40;
    private static final List<EventKind> KINDS = List.of(EventKind.values());

    private final Fold fold = new Fold(Samples.ALL);

    private record Sent(Seat seat, Observed event) {}

    /** What a store would hold: the last revision of each episode. */
    private static final class Told {
        final Map<UUID, EpisodeRevision> last = new HashMap<>();
        final List<EpisodeRevision> all = new ArrayList<>();
        int late;

        void tell(List<EpisodeRevision> revisions) {
            for (EpisodeRevision revision : revisions) {
                EpisodeRevision before = last.put(revision.episode().id(), revision);
                assertThat(revision.revision()).isEqualTo(before == null ? 1 : before.revision() + 1);
                all.add(revision);
            }
        }

        Map<UUID, Episode> standing() {
            Map<UUID, Episode> standing = new TreeMap<>();
            last.forEach((id, revision) -> {
                if (revision.episode().status() != Episode.Status.RETRACTED) {
                    standing.put(id, revision.episode());
                }
            });
            return standing;
        }
    }

    private Told run(List<Sent> sent) {
        return run(sent, null);
    }

    /** With {@code ticks}, silence is looked for now and then; at the end it always is, long after. */
    private Told run(List<Sent> sent, @Nullable Random ticks) {
        Map<Student, StudentState> states = new LinkedHashMap<>();
        Set<Sent> seen = new HashSet<>();
        Told told = new Told();
        for (Sent one : sent) {
            if (seen.add(one)) {
                Student student = new Student(one.seat().classroom(), one.seat().student());
                StudentState before = states.getOrDefault(student, StudentState.NONE);
                StudentState.Outcome outcome = before.observe(fold, one.seat(), one.event());
                states.put(student, outcome.state());
                told.tell(outcome.revisions());
                told.late += outcome.late() ? 1 : 0;
                if (ticks != null && ticks.nextInt(4) == 0) {
                    tick(states, told, student, one.event().receivedAt().plusMillis(ticks.nextInt(400_000)));
                }
            }
        }
        List.copyOf(states.keySet()).forEach(student -> tick(states, told, student, START.plusSeconds(1_000_000)));
        return told;
    }

    private void tick(Map<Student, StudentState> states, Told told, Student student, Instant now) {
        StudentState.Outcome silent =
                states.getOrDefault(student, StudentState.NONE).tick(fold, student, now);
        Instant next = silent.state().tickAt(fold, student);
        assertThat(next == null || next.isAfter(now))
                .as("a tick does what was due")
                .isTrue();
        states.put(student, silent.state());
        told.tell(silent.revisions());
    }

    private static List<Sent> classroom(Random random) {
        List<Sent> sent = new ArrayList<>();
        for (int student = 0; student < 3; student++) {
            for (String app : List.of("editor", "quiz")) {
                Seat seat = new Seat("c1", "s" + student, app);
                Instant at = START.plusSeconds(random.nextInt(600));
                double luck = random.nextDouble() * 0.7;
                for (int i = 0; i < 60; i++) {
                    // Bursts within the grace, pauses, and now and then a break that lets episodes rest.
                    int pause = random.nextInt(10);
                    at = at.plusMillis(pause < 6 ? random.nextInt(4_000) : pause < 9 ? random.nextInt(90_000) : 0);
                    at = at.plusSeconds(random.nextInt(25) == 0 ? 1_200 : 0);
                    sent.add(new Sent(seat, event(random, at, luck)));
                }
            }
        }
        sent.sort(Comparator.comparing((Sent one) -> one.event().at())
                .thenComparing(one -> one.event().id()));
        return sent;
    }

    private static Observed event(Random random, Instant at, double luck) {
        EventKind kind = random.nextInt(4) == 0
                ? KINDS.get(random.nextInt(KINDS.size()))
                : random.nextBoolean() ? EventKind.SUBMIT : EventKind.ATTEMPT;
        boolean attempt = kind == EventKind.SUBMIT || kind == EventKind.ATTEMPT;
        String target = random.nextInt(5) == 0 ? null : "ex" + random.nextInt(2);
        String skill = random.nextInt(5) == 0 ? null : "skill" + random.nextInt(2);
        Boolean success = attempt ? random.nextDouble() < luck : null;
        Double score = random.nextInt(3) == 0 ? random.nextDouble() : null;
        Peers peers = random.nextInt(3) == 0
                ? new Peers(20, random.nextInt(20), Duration.ofSeconds(random.nextInt(600)))
                : null;
        UUID id = Samples.uuid(random);
        return new Observed(id, kind, target, skill, success, score, peers, details(random), at, at.plusMillis(50));
    }

    private static Details details(Random random) {
        return random.nextBoolean()
                ? Details.NONE
                : DetailsReader.read(
                        Map.of(
                                "x",
                                random.nextInt(40),
                                "y",
                                random.nextInt(3),
                                "clicks",
                                1 + random.nextInt(3),
                                "dead",
                                random.nextBoolean(),
                                "error",
                                "e" + (char) ('a' + random.nextInt(2)),
                                "hintDepth",
                                1 + random.nextInt(4),
                                "bottomOut",
                                random.nextInt(4) == 0,
                                "durationMs",
                                random.nextInt(60_000)),
                        null,
                        null);
    }

    /** Delays each event by less than the grace, so that it overtakes and is overtaken, but never is late. */
    private static List<Sent> reordered(List<Sent> sent, Random random) {
        Map<Sent, Instant> arrival = new HashMap<>();
        sent.forEach(one -> arrival.put(one, one.event().at().plusMillis(random.nextInt((int) GRACE.toMillis()))));
        List<Sent> shuffled = new ArrayList<>(sent);
        Collections.shuffle(shuffled, random);
        shuffled.sort(Comparator.comparing(one -> arrival.getOrDefault(one, Instant.MAX)));
        return shuffled;
    }

    private static List<Sent> duplicated(List<Sent> sent, Random random) {
        List<Sent> twice = new ArrayList<>(sent);
        for (Sent one : sent) {
            if (random.nextInt(3) == 0) {
                int from = twice.indexOf(one);
                twice.add(from + random.nextInt(twice.size() - from) + 1, one);
            }
        }
        return twice;
    }

    @Test
    void reorderingWithinGraceAndRepetitionGiveTheSameEpisodes_RM3() {
        int episodes = 0;
        int retractions = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<Sent> sent = classroom(random);
            Told inOrder = run(sent);
            Told mixed = run(duplicated(reordered(sent, random), random), random);

            assertThat(mixed.late).as("late with seed %d", seed).isZero();
            assertThat(mixed.standing()).as("episodes with seed %d", seed).isEqualTo(inOrder.standing());
            episodes += inOrder.standing().size();
            retractions += mixed.last.size() - mixed.standing().size();
        }
        assertThat(episodes).as("the property is not empty").isGreaterThan(SEEDS);
        assertThat(retractions).as("reordering matters").isPositive();
    }

    @Test
    void inOrderNothingIsEverRetracted_RM3() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Told told = run(classroom(new Random(seed)));
            assertThat(told.all).noneMatch(revision -> revision.episode().status() == Episode.Status.RETRACTED);
        }
    }

    @Test
    void seatsDoNotTouchEachOther_RM3() {
        for (long seed = 0; seed < 50; seed++) {
            List<Sent> sent = classroom(new Random(seed));
            Map<UUID, Episode> apart = new TreeMap<>();
            sent.stream()
                    .map(Sent::seat)
                    .distinct()
                    .forEach(seat -> apart.putAll(run(sent.stream()
                                    .filter(one -> one.seat().equals(seat))
                                    .toList())
                            .standing()));
            assertThat(run(sent).standing()).isEqualTo(apart);
        }
    }

    @Test
    void theStateIsBounded_RM3() {
        Random random = new Random(7);
        Seat seat = new Seat("c1", "s1", "editor");
        Lane lane = null;
        Instant at = START;
        for (int i = 0; i < 5_000; i++) {
            at = at.plusMillis(random.nextInt(10));
            Observed event =
                    new Observed(Samples.uuid(random), EventKind.ERROR, "t" + random.nextInt(500), null, null, at, at);
            lane = fold.observe(seat, lane, event).lane();
            assertThat(lane.held()).hasSizeLessThanOrEqualTo(Samples.RULES.held());
            assertThat(lane.live().tracks()).hasSizeLessThanOrEqualTo(Samples.RULES.tracks());
            assertThat(lane.base().tracks()).hasSizeLessThanOrEqualTo(Samples.RULES.tracks());
        }
    }
}
