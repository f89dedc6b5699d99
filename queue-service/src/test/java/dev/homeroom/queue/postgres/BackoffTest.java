package dev.homeroom.queue.postgres;

import static dev.homeroom.queue.testing.QueueDatabase.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.homeroom.queue.core.FinishOrder;
import dev.homeroom.queue.core.GrantedClaim;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.NewTask;
import dev.homeroom.queue.core.Outcome;
import dev.homeroom.queue.core.Owner;
import dev.homeroom.queue.core.Receipt;
import dev.homeroom.queue.core.RetryPolicies;
import dev.homeroom.queue.core.RetryPolicy;
import dev.homeroom.queue.core.TaskGrant;
import dev.homeroom.queue.core.TaskStore;
import dev.homeroom.queue.testing.QueueDatabase;
import dev.homeroom.queue.testing.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The finishing statement and {@link RetryPolicies} compute the same backoff (R-Q4). */
class BackoffTest {
    private static final int TASKS = 300;

    private static QueueDatabase database;

    @BeforeAll
    static void start() {
        database = new QueueDatabase();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void statementAndPolicyAgreeOnRandomInput() {
        var random = new Random(4711);
        var byType = new HashMap<String, RetryPolicy>();
        for (int i = 0; i < 6; i++) {
            byType.put("own-" + i, policy(random));
        }
        var policies = new RetryPolicies(policy(random), byType);
        var store = database.store(policies);
        var tasks = new ArrayList<NewTask>();
        for (int i = 0; i < TASKS; i++) {
            // Of every third type there is no policy.
            tasks.add(Tasks.task("own-" + random.nextInt(9), 5));
        }
        join(store.enqueue(tasks));
        claim(store, tasks);
        // Attempts that would take days to reach.
        database.sql("UPDATE queue.task_state SET max_attempts = 100, attempt = 1 + (token % 70)::smallint");
        var orders = new ArrayList<FinishOrder>();
        for (int i = 0; i < TASKS; i++) {
            var hold = new Hold(tasks.get(i).id(), "a", i + 1);
            orders.add(new FinishOrder(hold, new Outcome.Fail("x", true), random.nextDouble()));
        }
        var receipts = join(store.finish(orders));
        for (int i = 0; i < TASKS; i++) {
            var receipt = receipts.get(i).orElseThrow();
            var expected = policies.delay(
                    receipt.type(), receipt.attempt(), orders.get(i).spread());
            assertThat(delay(receipt).toMillis())
                    .as("%s after attempt %d", receipt.type(), receipt.attempt())
                    .isCloseTo(expected.toMillis(), within(1L));
        }
    }

    @Test
    void workerMaySayWhenToTryAgain() {
        var store = database.store(new RetryPolicy(Duration.ofHours(1), Duration.ofHours(2)));
        var task = Tasks.task("asks", 5);
        join(store.enqueue(List.of(task)));
        var grant = new TaskGrant(task.id(), 900_000, Instant.now(), Duration.ZERO);
        join(store.claim(List.of(new GrantedClaim(new Owner("a", 1), 0, grant))));
        var outcome = new Outcome.Fail("429", true, Duration.ofSeconds(17));
        var order = new FinishOrder(new Hold(task.id(), "a", 900_000), outcome, 0.5);
        assertThat(delay(join(store.finish(List.of(order))).getFirst().orElseThrow()))
                .isEqualTo(Duration.ofSeconds(17));
    }

    private static void claim(TaskStore store, List<NewTask> tasks) {
        var claims = new ArrayList<GrantedClaim>();
        for (int i = 0; i < tasks.size(); i++) {
            var grant = new TaskGrant(tasks.get(i).id(), i + 1, Instant.now(), Duration.ZERO);
            claims.add(new GrantedClaim(new Owner("a", 1), 0, grant));
        }
        join(store.claim(claims));
    }

    private static Duration delay(Receipt receipt) {
        return Duration.between(receipt.at(), Objects.requireNonNull(receipt.runAt()));
    }

    private static RetryPolicy policy(Random random) {
        long base = random.nextInt(4) == 0 ? 0 : random.nextLong(1, 60_000);
        return new RetryPolicy(Duration.ofMillis(base), Duration.ofMillis(base + random.nextLong(1, 86_400_000L * 30)));
    }
}
