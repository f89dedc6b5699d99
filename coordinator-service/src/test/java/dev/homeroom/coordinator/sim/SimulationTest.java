package dev.homeroom.coordinator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Runs the simulation from many seeds. {@code -Dhomeroom.sim.seed=N} repeats one; {@code -Dhomeroom.sim.seeds=N} runs so
 * many, from {@code -Dhomeroom.sim.first=N} on.
 */
class SimulationTest {
    /** About 20 s of one core. */
    private static final int SEEDS = 600;

    @Test
    @DisplayName("R-S4, R-S5, R-L1, R-L2, R-L4, R-L5, R-L9, R-L10 hold through faults of network, clocks and replicas")
    void invariantsHoldThroughFaults() {
        Long seed = Long.getLong("homeroom.sim.seed");
        long first = seed != null ? seed : Long.getLong("homeroom.sim.first", 1);
        long count = seed != null ? 1 : Long.getLong("homeroom.sim.seeds", SEEDS);
        Reached reached = new Reached();
        for (long each = first; each < first + count; each++) {
            reached.add(Simulation.run(each, Core::real));
        }
        if (count >= SEEDS) {
            assertThat(reached.counts())
                    .containsKeys("snapshot installed", "gap", "rejected STALE_TERM", "rejected REQUEST_TOO_OLD")
                    .containsKeys("grant ended EXPIRED", "grant ended SESSION_FAILED", "grant ended SUPERSEDED");
        }
    }
}
