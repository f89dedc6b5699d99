package dev.homeroom.dashboard.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties over seeded histories: a failing seed is the test's name. */
@DisplayName("R-T1 Alerts do not depend on duplicates, nor on the order of revisions")
class AlertsPropertyTest {
    private static final List<Level> LEVELS = List.of(Level.LOW, Level.MEDIUM, Level.HIGH, Level.CRITICAL);
    private static final List<Level> STUDENTS =
            List.of(Level.NONE, Level.LOW, Level.MEDIUM, Level.HIGH, Level.CRITICAL);
    private static final List<Command.Action> ACTIONS = List.of(Command.Action.values());

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @DisplayName("R-T1 within a cool-down, any order with any duplicates comes to the same status and level")
    void anyOrder(int seed) {
        var random = new Random(seed);
        var history = history(random, 9);
        var shuffled = duplicated(history, random);
        Collections.shuffle(shuffled, random);
        assertThat(shown(run(shuffled))).isEqualTo(shown(run(history)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @DisplayName("R-T1 a consumer that goes back and reads again gives the very same changes")
    void redelivery(int seed) {
        var random = new Random(seed);
        var history = standing(history(random, 120), random);
        var rewound = new ArrayList<Revision>();
        for (var i = 0; i < history.size(); i++) {
            rewound.add(history.get(i));
            if (random.nextInt(4) == 0) {
                var from = random.nextInt(i + 1);
                rewound.addAll(history.subList(from, i + 1));
            }
        }
        assertThat(runAll(rewound).changes().stream()
                        .map(AlertsPropertyTest::told)
                        .toList())
                .isEqualTo(runAll(history).changes().stream()
                        .map(AlertsPropertyTest::told)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @DisplayName("R-T1 whatever happens, a student has one active alert at most, and no episode is lost or held twice")
    void invariants(int seed) {
        var random = new Random(seed);
        var ledger = new Ledger();
        for (var revision : standing(duplicated(history(random, 60), random), random)) {
            ledger.observe(revision);
            if (random.nextInt(4) == 0) {
                ledger.rise(random.nextInt(60));
            }
            if (!ledger.changes().isEmpty() && ledger.latest().status().active() && random.nextInt(3) == 0) {
                var action = ACTIONS.get(random.nextInt(ACTIONS.size()));
                ledger.act(action, random.nextInt(60), Ledger.at(60 + random.nextInt(60)));
            }
            assertThat(ledger.alerts().stream().filter(a -> a.status().active()))
                    .hasSizeLessThan(2);
            var held = ledger.alerts().stream()
                    .flatMap(a -> a.episodes().keySet().stream())
                    .toList();
            assertThat(held).doesNotHaveDuplicates();
            assertThat(ledger.changes())
                    .allSatisfy(c -> assertThat(c.alert().face().count()).isPositive());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @DisplayName("R-T1 an alert says the student's level, and is silent while there is no news")
    void followsTheStudent(int seed) {
        var random = new Random(seed);
        var ledger = new Ledger();
        for (var revision : standing(history(random, 60), random)) {
            var told = ledger.observe(revision);
            var late = random.nextInt(3) == 0 ? ledger.rise(random.nextInt(120)) : List.<Change>of();
            ledger.alerts().stream()
                    .filter(a -> a.status().active())
                    .forEach(a -> assertThat(a.face().level()).isEqualTo(Level.LOW.max(ledger.level())));
            assertThat(told).hasSizeLessThan(2);
            assertThat(late).hasSizeLessThan(2);
            if (revision.standing() != null && ledger.level().compareTo(Level.LOW) < 0) {
                assertThat(told).noneMatch(c -> c.kind() == ChangeKind.RAISED);
            }
        }
    }

    private static Ledger run(List<Episode> revisions) {
        return runAll(revisions.stream().map(Revision::of).toList());
    }

    private static Ledger runAll(List<Revision> revisions) {
        var ledger = new Ledger();
        revisions.forEach(ledger::observe);
        return ledger;
    }

    /** The same, each telling how the student stands. */
    private static List<Revision> standing(List<Episode> history, Random random) {
        return new ArrayList<>(history.stream()
                .map(episode -> new Revision(episode, standing(random)))
                .toList());
    }

    private static Standing standing(Random random) {
        var level = random.nextInt(STUDENTS.size());
        var rises = new ArrayList<Standing.Rise>();
        var minute = random.nextInt(60);
        for (var next = level + 1; next < STUDENTS.size() && random.nextBoolean(); next++) {
            rises.add(Ledger.rise(minute, STUDENTS.get(next)));
            minute += 1 + random.nextInt(10);
        }
        return new Standing(STUDENTS.get(level), rises);
    }

    /** What a teacher sees in the end; an alert of which everything was retracted is not there. */
    private static Set<String> shown(Ledger ledger) {
        return ledger.alerts().stream()
                .filter(a -> !Reason.RETRACTED.equals(a.reason()))
                .map(a -> a.status() + " " + a.face().level())
                .collect(Collectors.toSet());
    }

    private static String told(Change change) {
        return change.kind() + " " + change.alert().status() + " "
                + change.alert().face() + " " + change.at();
    }

    /** Up to five episodes of up to four revisions each, each episode's in order, spread over some minutes. */
    private static List<Episode> history(Random random, int minutes) {
        var all = new ArrayList<Episode>();
        var episodes = 1 + random.nextInt(5);
        for (var e = 0; e < episodes; e++) {
            var revisions = 1 + random.nextInt(4);
            var end = random.nextInt(3);
            for (var r = 1; r <= revisions; r++) {
                var status = r < revisions || end == 0
                        ? EpisodeStatus.OPEN
                        : end == 1 ? EpisodeStatus.CLOSED : EpisodeStatus.RETRACTED;
                var minute = Math.min(minutes - 1, r * minutes / 5 + random.nextInt(Math.max(1, minutes / 5)));
                all.add(Ledger.episode("e" + e, r, status, LEVELS.get(random.nextInt(LEVELS.size())), minute));
            }
        }
        all.sort(Comparator.comparing(Episode::causedAt)
                .thenComparing(Episode::id)
                .thenComparing(Episode::revision));
        return all;
    }

    private static List<Episode> duplicated(List<Episode> history, Random random) {
        var more = new ArrayList<>(history);
        for (var episode : history) {
            if (random.nextBoolean()) {
                more.add(episode);
            }
        }
        return more;
    }
}
