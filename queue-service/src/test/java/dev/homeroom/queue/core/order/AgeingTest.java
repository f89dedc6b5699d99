package dev.homeroom.queue.core.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Waiting raises a task, and by that nothing starves (R-Q5). */
class AgeingTest {
    private static final long STEP = 1_000;
    private static final Ageing AGEING = new Ageing(STEP);

    @Test
    void oneLevelAStepUpToTheTop() {
        assertThat(AGEING.level(5, 10_000, 10_000)).isEqualTo(5);
        assertThat(AGEING.level(5, 10_000, 10_999)).isEqualTo(5);
        assertThat(AGEING.level(5, 10_000, 11_000)).isEqualTo(6);
        assertThat(AGEING.level(5, 10_000, 14_000)).isEqualTo(9);
        assertThat(AGEING.level(0, 0, Long.MAX_VALUE)).isEqualTo(9);
        assertThat(AGEING.level(5, 10_000, 0)).as("not due").isEqualTo(5);
        assertThatThrownBy(() -> new Ageing(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLaterTaskStandsHigherOnlyIfItCameLessThanTheDifferenceInStepsLater() {
        var random = new Random(1);
        int overtaken = 0;
        for (int i = 0; i < 100_000; i++) {
            int priority = random.nextInt(10);
            int other = random.nextInt(10);
            long due = random.nextLong(20 * STEP);
            long later = due + random.nextLong(12 * STEP);
            long now = later + random.nextLong(30 * STEP);
            if (AGEING.level(other, later, now) > AGEING.level(priority, due, now)) {
                assertThat(later - due).isLessThan((other - priority) * STEP);
                overtaken++;
            }
        }
        assertThat(overtaken).isGreaterThan(1_000);
    }

    @Test
    void theBoundIsExact() {
        for (int priority = 0; priority < 9; priority++) {
            for (int other = priority + 1; other <= 9; other++) {
                long later = (other - priority) * STEP - 1;
                assertThat(AGEING.level(other, later, later)).isGreaterThan(AGEING.level(priority, 0, later));
            }
        }
    }
}
