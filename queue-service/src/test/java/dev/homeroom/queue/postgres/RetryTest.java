package dev.homeroom.queue.postgres;

import static dev.homeroom.queue.testing.QueueDatabase.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.queue.core.FailedPage;
import dev.homeroom.queue.core.FailedQuery;
import dev.homeroom.queue.core.FinishOrder;
import dev.homeroom.queue.core.GrantedClaim;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.NewTask;
import dev.homeroom.queue.core.Outcome;
import dev.homeroom.queue.core.Owner;
import dev.homeroom.queue.core.Receipt;
import dev.homeroom.queue.core.RetryOrder;
import dev.homeroom.queue.core.TaskGrant;
import dev.homeroom.queue.core.TaskStatus;
import dev.homeroom.queue.core.TaskStore;
import dev.homeroom.queue.core.TaskUpkeep;
import dev.homeroom.queue.testing.QueueDatabase;
import dev.homeroom.queue.testing.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What has failed is found in portions and put back once, whoever else tries (R-Q4). */
class RetryTest {
    private static final Owner A = new Owner("a", 1);

    private final QueueDatabase database = new QueueDatabase();
    private TaskStore store;
    private TaskUpkeep upkeep;
    private long token;

    @BeforeEach
    void start() {
        store = database.store();
        upkeep = database.upkeep();
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void failedTaskComesBackWithAllItsAttemptsItsLastTokenAndTheNextVersion() {
        var id = failed(task("build", List.of("db", "api"), null), "boom");
        var before = join(store.find(id)).orElseThrow();
        var step = retry(List.of(id)).getFirst();
        assertThat(step.status()).isEqualTo(TaskStatus.PENDING);
        assertThat(step.version()).isEqualTo(before.version() + 1);
        assertThat(step.token()).isEqualTo(before.hold().token());
        assertThat(step.attempt()).isZero();
        assertThat(step.by()).isEqualTo("olga");
        var after = join(store.find(id)).orElseThrow();
        assertThat(after.limits()).containsExactly("db", "api");
        assertThat(after.runAt()).isBeforeOrEqualTo(step.at());
        assertThat(database.sql(
                        "SELECT lane = queue.lane(type, lesson, limits, capabilities) AS same, max_attempts, capabilities"
                                + " FROM queue.task_state WHERE id = '" + id + "'"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.getBoolean("same")).isTrue();
                    assertThat(row.getInteger("max_attempts")).isEqualTo(1);
                    assertThat(row.getArrayOfStrings("capabilities")).containsExactly("java");
                });
        assertThat(join(store.counts()).byStatus()).containsEntry(TaskStatus.FAILED, 0L);
        claim(id);
        assertThat(finish(id, new Outcome.Complete(null)).status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void usedTokenCannotClaimAgainAfterTheRetry() {
        var id = failed(task("build", List.of(), null), "boom");
        retry(List.of(id));
        token--;
        claim(id);
        assertThat(join(store.find(id)).orElseThrow().status()).isEqualTo(TaskStatus.PENDING);
    }

    @Test
    void manyRetriesAtOncePutItBackOnce() {
        var ids = IntStream.range(0, 20)
                .mapToObj(_ -> failed(task("build", List.of(), null), "boom"))
                .toList();
        var all = IntStream.range(0, 8)
                .mapToObj(n -> upkeep.retry(order(n % 2 == 0 ? ids : ids.reversed(), null)))
                .toList();
        var steps = all.stream().flatMap(one -> join(one).stream()).toList();
        assertThat(steps).extracting(Receipt::task).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(retry(ids)).isEmpty();
        assertThat(join(store.counts()).byStatus())
                .containsEntry(TaskStatus.FAILED, 0L)
                .containsEntry(TaskStatus.PENDING, 20L);
    }

    /** What the lock in {@code queue.retry} is for: between its beginning and its look the task may live a whole life. */
    @Test
    void retryThatWaitedForAnotherSeesWhatBecameOfTheTaskMeanwhile() throws Exception {
        var id = failed(task("build", List.of(), null), "boom");
        try (var other = database.connect();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT FROM queue.task WHERE id = '" + id + "' FOR NO KEY UPDATE");
            var late = upkeep.retry(order(List.of(id), null)).toCompletableFuture();
            database.awaitBlocked();
            statement.execute(
                    "SELECT FROM queue.retry(ARRAY['" + id + "'::uuid], ARRAY['failed'], 0, NULL, 'o', NULL)");
            statement.execute("WITH s AS (DELETE FROM queue.task_state WHERE id = '" + id + "' RETURNING *)"
                    + " INSERT INTO queue.transition (task, version, at, from_state, to_state, cause, type, token, attempt)"
                    + " SELECT id, version + 1, now(), 'pending', 'completed', 'completed', type, token, 1 FROM s");
            other.commit();
            assertThat(join(late)).isEmpty();
        }
        assertThat(join(store.find(id)).orElseThrow().status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void passedDeadlineIsInTheWayUnlessThereIsANewOne() {
        var id = failed(task("build", List.of(), Instant.now().plusSeconds(3600)), "boom");
        database.sql("UPDATE queue.task SET deadline = now() - interval '1 s' WHERE id = '" + id + "'");
        assertThat(retry(List.of(id))).isEmpty();
        var page = find(null, null, null, null, FailedQuery.After.START, 10);
        assertThat(page.tasks()).isEmpty();
        assertThat(page.late()).isOne();
        var later = Instant.parse("2999-01-01T00:00:00Z");
        assertThat(join(upkeep.retry(order(List.of(id), later)))).hasSize(1);
        assertThat(join(store.find(id)).orElseThrow().deadline()).isEqualTo(later);
    }

    @Test
    void failedOnesAreFoundByEachCriterion() {
        var build = failed(task("build", List.of(), null), "error 503 from api");
        var check = failed(task("check", List.of(), null), "out of memory");
        failed(task("build", List.of(), null), null);
        assertThat(find("check", null, null, null, FailedQuery.After.START, 10).tasks())
                .containsExactly(check);
        assertThat(find(null, "503", null, null, FailedQuery.After.START, 10).tasks())
                .containsExactly(build);
        assertThat(find(null, "50%", null, null, FailedQuery.After.START, 10).tasks())
                .isEmpty();
        var now = Instant.now();
        assertThat(find(null, null, now.plusSeconds(60), null, FailedQuery.After.START, 10)
                        .tasks())
                .isEmpty();
        assertThat(find(null, null, null, now.plusSeconds(60), FailedQuery.After.START, 10)
                        .tasks())
                .hasSize(3);
        assertThat(find(null, null, null, now.minusSeconds(60), FailedQuery.After.START, 10)
                        .tasks())
                .isEmpty();
    }

    @Test
    void portionsMeetEveryTaskOnceEvenWhenOneFailsAgainMeanwhile() {
        var ids = IntStream.range(0, 7)
                .mapToObj(_ -> failed(task("build", List.of(), null), "boom"))
                .toList();
        var met = new ArrayList<UUID>();
        FailedQuery.After after = FailedQuery.After.START;
        while (after != null) {
            var page = find(null, null, null, null, after, 3);
            retry(page.tasks()).forEach(step -> fail(step.task(), "again"));
            met.addAll(page.tasks());
            after = page.next();
        }
        assertThat(met).containsExactlyElementsOf(ids);
    }

    private FailedPage find(
            @Nullable String type,
            @Nullable String error,
            @Nullable Instant since,
            @Nullable Instant before,
            FailedQuery.After after,
            int limit) {
        return join(upkeep.failed(
                new FailedQuery(Set.of(), type, null, since, before, error, Duration.ZERO, null, after, limit)));
    }

    private List<Receipt> retry(List<UUID> ids) {
        return join(upkeep.retry(order(ids, null)));
    }

    private static RetryOrder order(List<UUID> ids, @Nullable Instant deadline) {
        return new RetryOrder(ids, Set.of(TaskStatus.FAILED), Duration.ZERO, deadline, "olga", "works again");
    }

    private UUID failed(NewTask task, @Nullable String reason) {
        join(store.enqueue(List.of(task)));
        fail(task.id(), reason);
        return task.id();
    }

    private void fail(UUID id, @Nullable String reason) {
        claim(id);
        finish(id, new Outcome.Fail(reason, false));
    }

    private void claim(UUID id) {
        var grant = new TaskGrant(id, ++token, Instant.now().plusSeconds(60), Duration.ofSeconds(60));
        join(store.claim(List.of(new GrantedClaim(A, 0, grant))));
    }

    private Receipt finish(UUID id, Outcome outcome) {
        var order = new FinishOrder(new Hold(id, "a", token), outcome, 0.5);
        return Objects.requireNonNull(
                join(store.finish(List.of(order))).getFirst().orElse(null));
    }

    private static NewTask task(String type, List<String> limits, @Nullable Instant deadline) {
        var plain = Tasks.task(type, 5);
        return new NewTask(
                plain.id(),
                type,
                "{}",
                null,
                5,
                "l1",
                Duration.ZERO,
                null,
                1,
                limits,
                List.of("java"),
                null,
                deadline,
                "t");
    }
}
