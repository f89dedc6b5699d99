package dev.homeroom.metrics.core.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Test;

/**
 * For any order of live changes, losses, resumes, cuts, failures and restores: a client sees each number exactly in order,
 * or an explicit gap and a snapshot; and when the faults are over, everybody is at the end (R-T2, R-P9).
 */
class HubPropertyTest {
    private static final int SEEDS = 2000;
    private static final int STEPS = 400;

    @Test
    void noNumberIsLostOrRepeated() {
        long read = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Town town = new Town(seed);
            try {
                for (int i = 0; i < STEPS; i++) {
                    town.step();
                }
                town.calmDown();
                town.everybody.forEach(each -> assertThat(each.place).isEqualTo(town.end()));
            } catch (AssertionError | RuntimeException e) {
                fail("seed " + seed, e);
            }
            read += town.everybody.stream().mapToLong(each -> each.read).sum();
        }
        assertThat(read).as("changes read one by one, not by snapshot").isGreaterThan(SEEDS * 10L);
    }
}
