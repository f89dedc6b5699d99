package dev.homeroom.e2e.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.e2e.cluster.Door;
import dev.homeroom.e2e.cluster.Plan;
import dev.homeroom.e2e.queue.TaskAgent.Mood;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Two real replicas of queue-service under every fault of {@link QueueFault}, agents with random programs that go on all
 * the time, and a proof afterwards. The plan follows from {@code -Dhomeroom.faults.seed} (default 1); {@code
 * -Dhomeroom.faults.seconds} (default 60) says how long faults go on, but every fault comes at least once; {@code
 * -Dhomeroom.faults.only} names some, with commas. From five minutes on, Kafka is down for a whole minute and replicas
 * stand still for longer than everything.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class QueueFaultsIT {
    private static final long SEED = Long.getLong("homeroom.faults.seed", 1);
    private static final Duration TIME = Duration.ofSeconds(Long.getLong("homeroom.faults.seconds", 60));
    /** Several rounds of the sweep. */
    private static final Duration HEALTHY = Duration.ofSeconds(8);

    private static final int REQUESTS = 100;

    private QueueSystem system;

    @BeforeAll
    void start() {
        system = new QueueSystem(Path.of("target", "queue-faults").toAbsolutePath());
    }

    @AfterAll
    void stop() {
        if (system != null) {
            system.close();
        }
    }

    /**
     * On a machine that is so busy that requests go unanswered, some of those are claims of which nobody heard: only what
     * they left behind may be repaired.
     */
    @Test
    @Order(1)
    @DisplayName("R-Q2 R-Q3: without faults every task is done once, and the sweep has nothing to repair")
    void aHealthyRunRepairsNothing() {
        long late;
        try (TaskLoad load = new TaskLoad(system, "healthy", SEED, Mood.HEALTHY)) {
            load.awaitProgress("in a healthy run", REQUESTS, HEALTHY);
            Proof.of(system, load);
            late = load.ledger().figure(Caller.SENT_AGAIN);
        }
        double repairs =
                system.replicas().stream().mapToDouble(Replica::repairs).sum();
        assertThat(repairs)
                .as("repairs, with %d requests that were not answered in time", late)
                .isLessThanOrEqualTo((double) late * TaskAgent.MOST_CLAIMED);
    }

    @Test
    @Order(2)
    @DisplayName(
            "R-Q2: a replica that stops answers the claims that wait there, and their repeats wait at the other one")
    void aStoppingReplicaKeepsNobodyWaiting() throws Exception {
        Replica stopping = system.replicas().getFirst();
        try {
            stopAndAskAnother(stopping, system.replicas().getLast());
        } finally {
            stopping.server().start();
            system.awaitAllReady();
        }
    }

    private void stopAndAskAnother(Replica stopping, Replica other) throws Exception {
        LongPolls polls = new LongPolls(system.coordinatorDoors().getFirst(), "stopping");
        List<Future<Door.Reply>> atTheStopping = polls.at(stopping.door());
        system.await("all claims to wait", () -> stopping.waitingClaims() == LongPolls.COUNT);
        stopping.server().stop();
        for (Future<Door.Reply> reply : atTheStopping) {
            assertThat(reply.get().status()).as("%s", reply.get()).isEqualTo(200);
            assertThat(reply.get().body().path("tasks")).isEmpty();
        }
        List<Future<Door.Reply>> again = polls.at(other.door());
        system.await("all claims to wait at the other", () -> other.waitingClaims() == LongPolls.COUNT);
        polls.enqueue(other.door());
        for (Future<Door.Reply> reply : again) {
            assertThat(reply.get().body().path("tasks")).as("%s", reply.get()).hasSize(1);
        }
        polls.finish(other.door());
    }

    @Test
    @Order(3)
    @DisplayName(
            "R-Q1 R-Q2 R-Q3 R-Q12: nothing lost, nothing doubled, everything published, whatever is killed, cut or stuck")
    void everyTaskIsDoneOnceUnderFaults() {
        try (TaskLoad load = new TaskLoad(system, "faults", SEED, Mood.WILD)) {
            load.awaitProgress("before the first fault", REQUESTS);
            disturb(new QueueNemesis(system, load, TIME), load.ledger());
            Proof.of(system, load);
        }
    }

    private static void disturb(QueueNemesis nemesis, TaskLedger ledger) {
        System.out.printf("queue faults: seed %d, at least %d s%n", SEED, TIME.toSeconds());
        Plan<QueueFault> plan =
                new Plan<>(SEED, Plan.faults(QueueFault.class, System.getProperty("homeroom.faults.only")));
        long start = System.nanoTime();
        for (int i = 0; i < plan.round() || System.nanoTime() - start < TIME.toNanos(); i++) {
            Plan.Step<QueueFault> step = plan.next();
            long begin = System.nanoTime();
            System.out.printf("queue faults: %s%n", step);
            String what = nemesis.run(step);
            System.out.printf(
                    "queue faults: %3d s, %s (%s) took %d ms%n",
                    (System.nanoTime() - start) / 1_000_000_000,
                    step.fault(),
                    what,
                    (System.nanoTime() - begin) / 1_000_000);
            assertThat(ledger.violations()).as("seed %d, after %s", SEED, step).isEmpty();
        }
    }
}
