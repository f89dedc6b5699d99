package dev.homeroom.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CirclePropertyTest {
    private static final int SEEDS = 200;
    private static final int ENTRIES = 400;

    @Test
    void noCircleIsLeftAndNobodyIsOvertaken_R_L2_R_L7() {
        Set<String> reached = new TreeSet<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            Machine machine = new Machine();
            CircleLog log = new CircleLog(seed);
            WaitInvariants waits = new WaitInvariants();
            machine.apply(1, new Batch(1, 0, 0, log.start()));
            for (int entry = 2; entry < ENTRIES; entry++) {
                Batch batch = log.next();
                Applied applied = machine.apply(entry, batch);
                log.learn(applied);
                assertThat(waits.check(machine.state(), batch.commands().getFirst(), applied))
                        .as("seed %s, entry %s: %s", seed, entry, batch)
                        .isEmpty();
                applied.answers().forEach(answer -> note(reached, "refused", answer));
                applied.waitEnds().forEach(end -> note(reached, "ended", end.answer()));
            }
        }
        assertThat(reached).contains("refused DEADLOCK", "ended DEADLOCK", "ended HELD");
    }

    private static void note(Set<String> reached, String what, Answer answer) {
        if (answer instanceof Answer.Rejected(Rejection rejection)) {
            reached.add(what + " " + rejection.reason());
        }
    }
}
