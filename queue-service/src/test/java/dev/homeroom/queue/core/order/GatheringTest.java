package dev.homeroom.queue.core.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.queue.core.Candidate;
import dev.homeroom.queue.core.ClaimFilter;
import dev.homeroom.queue.core.LessonWeights;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the claims of a round are offered, and what finding it costs (R-Q5). */
class GatheringTest {
    private static final long STEP = 1_000;
    private static final Ageing AGEING = new Ageing(STEP);

    private final Index index = new Index();
    private final Board board = new Board();
    private final Fairness fairness = new Fairness(LessonWeights.EQUAL);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void ofOneLessonTheOrderIsByLevelThenAge(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            index.add("t" + random.nextInt(4), "l", limits(random), random.nextInt(10), random.nextInt(15_000));
        }
        index.page(board, 1_000);
        long now = 10_000;
        var expected = index.ranges.values().stream()
                .flatMap(Set::stream)
                .filter(task -> !task.due().isAfter(Index.at(now)))
                .sorted(Comparator.comparingInt(
                                (Candidate task) -> -AGEING.level(task.priority(), task.due(), Index.at(now)))
                        .thenComparing(Candidate::due)
                        .thenComparing(Candidate::task))
                .map(Candidate::task)
                .toList();
        for (int count : List.of(1, 9, 50, 208, 600)) {
            var found = find(count, Scarce.NOTHING, now);
            int sure = Math.min(count, expected.size());
            assertThat(found).hasSizeGreaterThanOrEqualTo(sure);
            assertThat(found.subList(0, sure)).extracting(Candidate::task).isEqualTo(expected.subList(0, sure));
            assertThat(found).allSatisfy(task -> assertThat(task.priority()).isBetween(0, 9));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void noLessonOvertakesAHigherLevel(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            index.add("t", "l" + random.nextInt(6), List.of(), random.nextInt(10), random.nextInt(10_000));
        }
        index.page(board, 1_000);
        var found = find(60, Scarce.NOTHING, 10_000).subList(0, 60);
        assertThat(found)
                .isSortedAccordingTo(
                        Comparator.comparingInt(Candidate::priority).reversed());
        assertThat(found).extracting(Candidate::task).doesNotHaveDuplicates();
    }

    @Test
    void aTaskOfPriorityZeroIsTakenBeforeAnyThatComesNineStepsLater() {
        var low = index.add("t", null, List.of(), 0, 0);
        index.page(board, 1_000);
        var taken = new ArrayList<Candidate>();
        for (long now = 0; now < 12 * STEP; now += 10) {
            for (int i = 0; i < 2; i++) {
                board.note(
                        Lane.of("t", null, List.of()),
                        9,
                        index.add("t", null, List.of(), 9, now).due());
            }
            var first = find(1, Scarce.NOTHING, now).getFirst();
            index.remove(first.task());
            taken.add(first);
        }
        int place = taken.stream().map(Candidate::task).toList().indexOf(low.task());
        assertThat(place).as("taken").isNotNegative();
        assertThat(taken.subList(0, place))
                .allSatisfy(task -> assertThat(task.due().toEpochMilli()).isLessThan(9 * STEP));
        assertThat(place).as("as soon as it stands at the top").isEqualTo(900);
    }

    @Test
    void oneLaneIsReadOnceAndNoFurtherThanAsked() {
        for (int i = 0; i < 1_000; i++) {
            index.add("t", null, List.of(), 5, i);
        }
        index.page(board, 1_000);
        assertThat(find(208, Scarce.NOTHING, 5_000)).hasSize(208);
        assertThat(index.statements).isEqualTo(1);
        assertThat(index.rangesRead).isEqualTo(1);
        assertThat(index.rowsRead).isEqualTo(208);
    }

    @Test
    void anExhaustedKeyCostsTheOthersNothing() {
        for (int i = 0; i < 100_000; i++) {
            index.add("t", null, List.of("host:a"), 9, i % 100);
        }
        for (int i = 0; i < 1_000; i++) {
            index.add("t", null, List.of(), 5, i);
        }
        index.page(board, 1_000);
        var exhausted = new Scarce(Set.of("host:a"), Map.of());
        assertThat(find(9, exhausted, 900))
                .hasSize(9)
                .allSatisfy(task -> assertThat(task.limits()).isEmpty());
        assertThat(index.rangesRead).isEqualTo(1);
        assertThat(index.rowsRead).isEqualTo(9);
        var tried = new Scarce(Set.of(), Map.of("host:a", 1));
        assertThat(find(9, tried, 900))
                .filteredOn(task -> !task.limits().isEmpty())
                .hasSize(1);
        assertThat(index.rowsRead).isLessThanOrEqualTo(9 + 10);
    }

    @Test
    void manyRangesAreReadAFewAtATimeAndAllHaveTheirTurn() {
        int lessons = 3_000;
        for (int i = 0; i < lessons; i++) {
            index.add("t", "l" + i, List.of(), 5, i % 7);
        }
        index.page(board, 10_000);
        int rounds = 0;
        for (long now = 1_000; index.size() > 0; now++, rounds++) {
            index.rangesRead = 0;
            var found = find(9, Scarce.NOTHING, now);
            assertThat(index.rangesRead).as("ranges of a round").isLessThanOrEqualTo(2 * 18);
            assertThat(found).hasSizeGreaterThanOrEqualTo(Math.min(9, index.size()));
            found.subList(0, Math.min(9, found.size())).forEach(task -> index.remove(task.task()));
        }
        assertThat(rounds).isEqualTo((lessons + 8) / 9);
    }

    @Test
    void whatIsNotDueIsNotRead() {
        for (int i = 0; i < 100; i++) {
            index.add("t" + i, null, List.of(), 5, 5_000);
        }
        index.page(board, 1_000);
        assertThat(find(9, Scarce.NOTHING, 4_999)).isEmpty();
        assertThat(index.statements).isZero();
        assertThat(find(9, Scarce.NOTHING, 5_000)).hasSizeGreaterThanOrEqualTo(9);
    }

    @Test
    void filtersTakeTheirOwn() {
        index.add("a", "l", List.of(), 5, 0);
        index.add("b", "l", List.of(), 5, 1);
        index.add("b", null, List.of(), 9, 2);
        index.page(board, 1_000);
        var ofA = new ClaimFilter(List.of("a"), null);
        var ofLesson = new ClaimFilter(List.of(), "l");
        var gathering = new Gathering(
                board, AGEING, fairness, Map.of(ofA, 5, ofLesson, 5, ClaimFilter.ANY, 5), Scarce.NOTHING, Index.at(10));
        for (var picks = gathering.next(); !picks.isEmpty(); picks = gathering.next()) {
            assertThat(picks).extracting(Pick::range).doesNotHaveDuplicates();
            gathering.read(index.due(picks, 10));
        }
        assertThat(gathering.found().get(ofA)).extracting(Candidate::type).containsExactly("a");
        assertThat(gathering.found().get(ofLesson)).extracting(Candidate::type).containsExactly("a", "b");
        assertThat(gathering.found().get(ClaimFilter.ANY)).hasSize(3);
    }

    private List<Candidate> find(int count, Scarce scarce, long now) {
        return index.find(board, AGEING, fairness, ClaimFilter.ANY, count, scarce, now)
                .found()
                .getOrDefault(ClaimFilter.ANY, List.of());
    }

    private static List<String> limits(Random random) {
        return random.nextBoolean() ? List.of() : List.of("k" + random.nextInt(2));
    }
}
