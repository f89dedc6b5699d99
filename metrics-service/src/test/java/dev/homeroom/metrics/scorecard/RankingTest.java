package dev.homeroom.metrics.scorecard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RankingTest {
    @Test
    @DisplayName("R-M6: the area is the share of pairs in the right order, ties by half")
    void area() {
        assertThat(ranking(1, 2, 3, 4).auc()).as("low outcomes are 3 and 4").isEqualTo(1);
        assertThat(ranking(4, 3, 2, 1).auc()).isZero();
        assertThat(ranking(1, 1, 1, 1).auc()).isEqualTo(0.5);
        assertThat(ranking(1, 3, 3, 2).auc()).isEqualTo((1 + 0.5 + 1 + 0) / 4);
        assertThat(new Ranking(List.of(new Ranking.Ranked(1, true))).auc()).isNaN();
    }

    @Test
    @DisplayName("R-M6: the area agrees with counting all pairs, on random scores")
    void pairs() {
        Random random = new Random(5);
        for (int round = 0; round < 50; round++) {
            List<Ranking.Ranked> students = students(random, 0.3, 40);
            double right = 0;
            long pairs = 0;
            for (Ranking.Ranked low : students) {
                for (Ranking.Ranked other : students) {
                    if (low.low() && !other.low()) {
                        right += low.score() > other.score() ? 1 : low.score() == other.score() ? 0.5 : 0;
                        pairs++;
                    }
                }
            }
            assertThat(new Ranking(students).auc()).isCloseTo(right / pairs, within(1e-12));
        }
    }

    @Test
    @DisplayName("R-M6: the interval holds the area, is the same each time, and narrows with more students")
    void interval() {
        Random random = new Random(6);
        List<Ranking> few = List.of(new Ranking(students(random, 0.5, 60)), new Ranking(students(random, 0.5, 60)));
        List<Ranking> many = List.of(new Ranking(students(random, 0.5, 2_000)));
        Interval wide = Ranking.interval(few);
        Interval narrow = Ranking.interval(many);
        assertThat(Ranking.meanAuc(few)).isBetween(wide.from(), wide.to());
        assertThat(Ranking.meanAuc(many)).isBetween(narrow.from(), narrow.to());
        assertThat(narrow.to() - narrow.from()).isLessThan((wide.to() - wide.from()) / 2);
        assertThat(Ranking.interval(few)).isEqualTo(wide);
    }

    private static List<Ranking.Ranked> students(Random random, double shift, int count) {
        List<Ranking.Ranked> students = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean low = i % 3 == 0;
            students.add(new Ranking.Ranked(Math.round((random.nextGaussian() + (low ? shift : 0)) * 4), low));
        }
        return students;
    }

    /** Two students with a good grade, then two with a low one. */
    private static Ranking ranking(double... scores) {
        List<Ranking.Ranked> students = new ArrayList<>();
        for (double score : scores) {
            students.add(new Ranking.Ranked(score, students.size() >= 2));
        }
        return new Ranking(students);
    }
}
