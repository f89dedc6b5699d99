package dev.homeroom.queue.core.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.queue.core.Candidate;
import dev.homeroom.queue.core.ClaimFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lessons share in proportion to their weights, whatever each has in the queue (R-Q5). */
class FairnessTest {
    private static final Ageing AGEING = new Ageing(1_000_000);

    private final Index index = new Index();
    private final Board board = new Board();
    private final Map<String, Double> weights = new HashMap<>();
    private final Map<String, Integer> served = new HashMap<>();
    private final Fairness fairness = new Fairness(lesson -> weights.getOrDefault(lesson == null ? "" : lesson, 1.0));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void backloggedLessonsDifferByAtMostOneTaskEach(long seed) {
        var random = new Random(seed);
        int lessons = 2 + random.nextInt(5);
        for (int lesson = 0; lesson < lessons; lesson++) {
            weights.put("l" + lesson, 1.0 + random.nextInt(5));
            backlog("l" + lesson, 400 + random.nextInt(600), random);
        }
        index.page(board, 100);
        for (int taken = 0; taken < 300; ) {
            taken += round(1 + random.nextInt(20), 5_000);
            for (int a = 0; a < lessons; a++) {
                for (int b = 0; b < a; b++) {
                    assertThat(Math.abs(normalised("l" + a) - normalised("l" + b)))
                            .as("seed %d after %d tasks: %s with %s", seed, taken, served, weights)
                            .isLessThanOrEqualTo(fairness.cost("l" + a) + fairness.cost("l" + b) + 1e-9);
                }
            }
        }
    }

    @Test
    void restIsNoCredit() {
        backlog("busy", 500, new Random(1));
        index.page(board, 100);
        while (served("busy") < 200) {
            round(5, 5_000);
        }
        backlog("rested", 500, new Random(2));
        index.page(board, 100);
        int before = served("busy");
        for (int i = 0; i < 20; i++) {
            round(5, 5_000);
        }
        assertThat(served("busy") - before).isBetween(49, 51);
        assertThat(served("rested")).isBetween(49, 51);
    }

    @Test
    void whatFitsNobodyIsOwedOnlySoMuch() {
        backlog("a", 500, new Random(1));
        index.page(board, 100);
        for (int i = 0; i < 300; i++) {
            fairness.served(List.of("a"), java.util.Set.of("a", "stuck"));
        }
        assertThat(fairness.start("a") - fairness.start("stuck")).isEqualTo(Fairness.MOST_OWED);
        assertThat(fairness.start("new")).isEqualTo(fairness.start("stuck"));
    }

    @Test
    void aLessonThatIsAloneGetsEverything() {
        backlog("a", 100, new Random(1));
        index.page(board, 100);
        assertThat(round(50, 5_000)).isEqualTo(50);
    }

    @Test
    void strangeWeightsAreBroughtIntoBounds() {
        weights.put("zero", 0.0);
        weights.put("negative", -1.0);
        weights.put("none", Double.NaN);
        weights.put("endless", Double.POSITIVE_INFINITY);
        assertThat(fairness.cost("zero")).isEqualTo(1);
        assertThat(fairness.cost("negative")).isEqualTo(1);
        assertThat(fairness.cost("none")).isEqualTo(1);
        assertThat(fairness.cost("endless")).isEqualTo(0.001);
    }

    @Test
    void forgetsLessonsThatAreOwedNothing() {
        for (int i = 0; i < 3 * Fairness.MOST_LESSONS; i++) {
            fairness.served(List.of("l" + i), java.util.Set.of("l" + i));
        }
        assertThat(fairness.start("l0")).isEqualTo(fairness.start("never heard of"));
    }

    private int served(String lesson) {
        return served.getOrDefault(lesson, 0);
    }

    private double normalised(String lesson) {
        return served(lesson) * fairness.cost(lesson);
    }

    private void backlog(String lesson, int tasks, Random random) {
        for (int i = 0; i < tasks; i++) {
            index.add("t" + random.nextInt(3), lesson, List.of(), 5, random.nextInt(1_000));
        }
    }

    /** A round of so many claims that take what stands first. */
    private int round(int count, long now) {
        var found = index.find(board, AGEING, fairness, ClaimFilter.ANY, count, Scarce.NOTHING, now);
        var candidates = found.found().getOrDefault(ClaimFilter.ANY, List.of());
        var taken = new ArrayList<>(candidates.subList(0, Math.min(count, candidates.size())));
        var lessons = new ArrayList<@Nullable String>();
        for (Candidate task : taken) {
            lessons.add(task.lesson());
            index.remove(task.task());
            served.merge(String.valueOf(task.lesson()), 1, Integer::sum);
        }
        fairness.served(lessons, found.competing());
        return taken.size();
    }
}
