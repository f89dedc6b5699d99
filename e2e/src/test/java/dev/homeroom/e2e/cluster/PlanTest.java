package dev.homeroom.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanTest {
    @Test
    void theSameSeedGivesTheSamePlan() {
        assertThat(steps(7)).isEqualTo(steps(7)).isNotEqualTo(steps(8));
    }

    @Test
    void everyRoundHasEveryFault() {
        List<Plan.Step<Fault>> steps = steps(1);
        int round = Fault.values().length;
        assertThat(steps.subList(0, round)).extracting(Plan.Step::fault).containsExactlyInAnyOrder(Fault.values());
        assertThat(steps.subList(round, 2 * round))
                .extracting(Plan.Step::fault)
                .containsExactlyInAnyOrder(Fault.values());
    }

    @Test
    void someFaultsCanBeNamed() {
        Plan<Fault> plan = new Plan<>(1, Plan.faults(Fault.class, "CLOCK_STEP,FULL_DISK"));
        assertThat(List.of(plan.next().fault(), plan.next().fault()))
                .containsExactlyInAnyOrder(Fault.CLOCK_STEP, Fault.FULL_DISK);
    }

    private static List<Plan.Step<Fault>> steps(long seed) {
        Plan<Fault> plan = new Plan<>(seed, Plan.faults(Fault.class, null));
        return Stream.generate(plan::next).limit(2L * Fault.values().length).toList();
    }
}
