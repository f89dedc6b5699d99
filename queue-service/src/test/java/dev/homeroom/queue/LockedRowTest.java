package dev.homeroom.queue;

import static dev.homeroom.queue.testing.QueueDatabase.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.queue.claim.Bell;
import dev.homeroom.queue.coalesce.Splitting;
import dev.homeroom.queue.core.Cause;
import dev.homeroom.queue.core.ClaimFilter;
import dev.homeroom.queue.core.Enqueued;
import dev.homeroom.queue.core.GrantEnd;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.Outcome;
import dev.homeroom.queue.core.Owner;
import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Rejection;
import dev.homeroom.queue.core.RequestId;
import dev.homeroom.queue.core.Task;
import dev.homeroom.queue.core.TaskStatus;
import dev.homeroom.queue.core.TaskStore;
import dev.homeroom.queue.repair.GrantEnds;
import dev.homeroom.queue.testing.InMemoryAuthority;
import dev.homeroom.queue.testing.QueueDatabase;
import dev.homeroom.queue.testing.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody's stuck transaction has one task locked: nobody else's task is held up. */
class LockedRowTest {
    private static final Duration TTL = Duration.ofMinutes(10);

    private final QueueDatabase database = new QueueDatabase();
    private final TaskStore store = database.impatient(Duration.ofMillis(200));
    private final InMemoryAuthority authority = new InMemoryAuthority();
    private final Parts parts = Parts.of(store, authority, Duration.ofSeconds(5), Duration.ZERO);
    private Owner owner = new Owner("a", 1);
    private UUID locked = new UUID(0, 0);
    private UUID free = new UUID(0, 0);

    @BeforeEach
    void enqueueTwo() {
        owner = new Owner("a", authority.register("a", 100));
        locked = enqueued();
        free = enqueued();
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void theOthersAreClaimed() throws Exception {
        try (var _ = database.locked(locked)) {
            assertThat(claimed()).extracting(Task::id).containsExactly(free);
        }
    }

    @Test
    void theOthersAreFinishedAndItIsLater() throws Exception {
        var tasks = claimed();
        try (var _ = database.locked(locked)) {
            var finishes = tasks.stream()
                    .map(task -> parts.queue()
                            .finish(hold(task), new Outcome.Skip(null))
                            .toCompletableFuture())
                    .toList();
            for (int i = 0; i < tasks.size(); i++) {
                var failure = finishes.get(i).handle((_, why) -> why).join();
                if (tasks.get(i).id().equals(free)) {
                    assertThat(failure).isNull();
                } else {
                    assertThat(rejection(failure)).isInstanceOf(Rejection.Unavailable.class);
                }
            }
        }
        for (var task : tasks) {
            assertThat(join(parts.queue().finish(hold(task), new Outcome.Skip(null)))
                            .status())
                    .isEqualTo(TaskStatus.SKIPPED);
        }
    }

    @Test
    void itsFailureSaysThatNothingHappened() throws Exception {
        try (var _ = database.locked(locked)) {
            var failure = parts.queue()
                    .cancel(locked, null, "operator")
                    .toCompletableFuture()
                    .handle((_, why) -> why)
                    .join();
            assertThat(rejection(failure)).isInstanceOf(Rejection.Unavailable.class);
        }
    }

    @Test
    void theOthersGoBackWhenTheirGrantsEnd() throws Exception {
        var ends = new ArrayList<GrantEnd>();
        claimed().forEach(task -> ends.add(new GrantEnd(task.id(), task.hold().token(), Cause.EXPIRED, "expired")));
        try (var _ = database.locked(locked)) {
            join(new GrantEnds(store, parts.sweep(), new Bell()).apply(ends));
            assertThat(join(store.find(free)).orElseThrow().status()).isEqualTo(TaskStatus.PENDING);
        }
    }

    private static Rejection rejection(Throwable failure) {
        return ((QueueException) Splitting.unwrapped(failure)).rejection();
    }

    private UUID enqueued() {
        return ((Enqueued.Accepted) join(parts.queue().enqueue(Tasks.task("build", 5))))
                .task()
                .id();
    }

    private List<Task> claimed() {
        return join(parts.queue().claim(owner, RequestId.NONE, ClaimFilter.ANY, 2, TTL, Duration.ZERO));
    }

    private Hold hold(Task task) {
        return new Hold(task.id(), owner.session(), task.hold().token());
    }
}
