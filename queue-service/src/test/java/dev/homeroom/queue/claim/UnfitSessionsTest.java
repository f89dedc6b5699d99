package dev.homeroom.queue.claim;

import static dev.homeroom.queue.testing.QueueDatabase.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeroom.queue.Parts;
import dev.homeroom.queue.core.ClaimFilter;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.NewTask;
import dev.homeroom.queue.core.Outcome;
import dev.homeroom.queue.core.Owner;
import dev.homeroom.queue.core.RequestId;
import dev.homeroom.queue.core.Task;
import dev.homeroom.queue.testing.InMemoryAuthority;
import dev.homeroom.queue.testing.QueueDatabase;
import dev.homeroom.queue.testing.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks that a session cannot do, or not now, stand in nobody's way (R-Q2, R-Q6). */
class UnfitSessionsTest {
    private static final Duration TTL = Duration.ofMinutes(10);

    private QueueDatabase database;
    private InMemoryAuthority authority;
    private Parts parts;
    private Owner plain;
    private Owner able;

    @BeforeEach
    void start() {
        database = new QueueDatabase();
        authority = new InMemoryAuthority();
        parts = Parts.of(database.store(), authority);
        plain = new Owner("plain", authority.register("plain", 100));
        able = new Owner("able", authority.register("able", 100, "sql"));
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void manyTasksThatASessionCannotDoHideNoneThatItCan() {
        join(parts.queue()
                .enqueue(
                        Stream.generate(() -> Tasks.requiring("sql")).limit(500).toList()));
        var behind = enqueue(Tasks.task());
        assertThat(claim(plain, 1, Duration.ZERO).join()).extracting(Task::id).containsExactly(behind);
        assertThat(claim(plain, 1, Duration.ZERO).join()).isEmpty();
        assertThat(authority.capabilityCalls()).isOne();
        assertThat(claim(able, 5, Duration.ZERO).join()).hasSize(5);
    }

    @Test
    void nobodyIsAskedWhereNoTaskNeedsAnything() {
        enqueue(Tasks.task());
        assertThat(claim(plain, 5, Duration.ZERO).join()).hasSize(1);
        assertThat(claim(plain, 5, Duration.ZERO).join()).isEmpty();
        assertThat(authority.capabilityCalls()).isZero();
    }

    @Test
    void aSessionThatWaitsIsWokenOnlyByWhatItCanDo() {
        enqueue(Tasks.requiring("sql"));
        var waiting = claim(plain, 1, Duration.ofSeconds(30));
        enqueue(Tasks.requiring("sql"));
        var fitting = enqueue(Tasks.task());
        assertThat(join(waiting)).extracting(Task::id).containsExactly(fitting);
    }

    @Test
    void aFullSessionWaitsForOneOfItsTasksToEnd() {
        var one = new Owner("one", authority.register("one", 1));
        enqueue(Tasks.task());
        var first = claim(one, 1, Duration.ZERO).join().getFirst();
        var second = enqueue(Tasks.task());
        var waiting = claim(one, 1, Duration.ofSeconds(30));
        await().atMost(Duration.ofSeconds(10)).until(() -> parts.waiting().size() == 1);
        int before = authority.claimCalls();
        for (int i = 0; i < 20; i++) {
            parts.waiting().tick();
        }
        assertThat(authority.claimCalls() - before).isLessThanOrEqualTo(2);
        assertThat(parts.waiting().size()).isOne();
        join(parts.queue().finish(new Hold(first.id(), "one", first.hold().token()), new Outcome.Complete(null)));
        assertThat(join(waiting)).extracting(Task::id).containsExactly(second);
    }

    @Test
    void aFullSessionBarsNobody() {
        var one = new Owner("one", authority.register("one", 1));
        enqueue(Tasks.task());
        claim(one, 1, Duration.ZERO).join();
        var full = claim(one, 1, Duration.ofSeconds(30));
        var other = claim(plain, 1, Duration.ofSeconds(30));
        var task = enqueue(Tasks.task());
        parts.waiting().tick();
        assertThat(join(other)).extracting(Task::id).containsExactly(task);
        full.cancel(false);
        parts.waiting().tick();
        assertThat(parts.waiting().size()).isZero();
    }

    private UUID enqueue(NewTask task) {
        join(parts.queue().enqueue(task));
        return task.id();
    }

    private CompletableFuture<List<Task>> claim(Owner owner, int count, Duration wait) {
        return parts.queue().claim(owner, RequestId.NONE, ClaimFilter.ANY, count, TTL, wait);
    }
}
