package dev.homeroom.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.e2e.linearizable.Checker;
import dev.homeroom.e2e.linearizable.GrantModel;
import dev.homeroom.e2e.linearizable.GrantModel.Input;
import dev.homeroom.e2e.linearizable.GrantModel.Output;
import dev.homeroom.e2e.linearizable.GrantModel.State;
import dev.homeroom.e2e.linearizable.Operation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Three real replicas under every fault of {@link Fault}, clients that go on all the time, and a proof afterwards. The
 * plan follows from {@code -Dhomeroom.faults.seed} (default 1); {@code -Dhomeroom.faults.seconds} (default 60) says how
 * long faults go on, but every fault comes at least once; {@code -Dhomeroom.faults.only} names some, with commas.
 */
class CoordinatorFaultsIT {
    private static final long SEED = Long.getLong("homeroom.faults.seed", 1);
    private static final Duration TIME = Duration.ofSeconds(Long.getLong("homeroom.faults.seconds", 60));

    private final Checker<State, Input, Output> checker = new Checker<>(new GrantModel());

    @Test
    @DisplayName(
            "R-L10 R-S5 R-L1 linearizable, and nothing lost, under kills, pauses, partitions, clock steps, full disks")
    void linearizableUnderFaults() {
        Path directory = Path.of("target", "faults").toAbsolutePath();
        try (Cluster cluster = new Cluster(directory);
                Workload workload = new Workload(cluster, SEED)) {
            workload.awaitChanges("before the first fault", 50);
            disturb(new Nemesis(cluster, workload), workload.ledger());
            workload.finish();
            prove(workload.ledger());
        }
    }

    private static void disturb(Nemesis nemesis, Ledger ledger) {
        System.out.printf("faults: seed %d, at least %d s%n", SEED, TIME.toSeconds());
        Plan<Fault> plan = new Plan<>(SEED, Plan.faults(Fault.class, System.getProperty("homeroom.faults.only")));
        long start = System.nanoTime();
        for (int i = 0; i < plan.round() || System.nanoTime() - start < TIME.toNanos(); i++) {
            Plan.Step<Fault> step = plan.next();
            long begin = System.nanoTime();
            System.out.printf("faults: %s%n", step);
            String what = nemesis.run(step);
            System.out.printf(
                    "faults: %3d s, %s (%s) took %d ms%n",
                    (System.nanoTime() - start) / 1_000_000_000,
                    step.fault(),
                    what,
                    (System.nanoTime() - begin) / 1_000_000);
            assertThat(ledger.violations()).as("seed %d, after %s", SEED, step).isEmpty();
        }
    }

    private void prove(Ledger ledger) {
        Map<String, List<Operation<Input, Output>>> history = ledger.history().byKey();
        System.out.printf("faults: %s, %d resources%n", ledger.figures(), history.size());
        assertThat(ledger.violations()).as("seed %d", SEED).isEmpty();
        long begin = System.nanoTime();
        assertThat(checker.objections(history)).as("seed %d", SEED).isEmpty();
        System.out.printf("faults: linearizable, checked in %d ms%n", (System.nanoTime() - begin) / 1_000_000);
        assertThat(checker.objections(falsified(history)))
                .as("one answer exchanged is found")
                .hasSize(1);
    }

    /** The same history, in which one look in the middle saw the token before the one it saw. */
    private static Map<String, List<Operation<Input, Output>>> falsified(
            Map<String, List<Operation<Input, Output>>> history) {
        var resource = history.entrySet().stream()
                .max((one, two) ->
                        Integer.compare(one.getValue().size(), two.getValue().size()))
                .orElseThrow();
        List<Operation<Input, Output>> operations = new ArrayList<>(resource.getValue());
        for (int i = operations.size() / 2; i < operations.size(); i++) {
            Operation<Input, Output> operation = operations.get(i);
            if (operation.output() instanceof Output.Seen(String owner, long token) && token > 1) {
                operations.set(
                        i,
                        new Operation<>(
                                operation.client(),
                                operation.input(),
                                operation.invoked(),
                                new Output.Seen(owner, token - 1),
                                operation.returned()));
                return Map.of(resource.getKey(), operations);
            }
        }
        throw new AssertionError("no look saw a holder in " + resource.getKey());
    }
}
