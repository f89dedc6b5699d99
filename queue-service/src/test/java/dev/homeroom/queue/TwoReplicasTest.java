package dev.homeroom.queue;

import static dev.homeroom.queue.testing.QueueDatabase.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeroom.queue.core.ClaimFilter;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.Outcome;
import dev.homeroom.queue.core.Owner;
import dev.homeroom.queue.core.RequestId;
import dev.homeroom.queue.core.Task;
import dev.homeroom.queue.testing.InMemoryAuthority;
import dev.homeroom.queue.testing.QueueDatabase;
import dev.homeroom.queue.testing.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two replicas of the service share nothing but the database and the coordinator. */
class TwoReplicasTest {
    private static final Duration TTL = Duration.ofMinutes(10);

    private QueueDatabase database;
    private InMemoryAuthority authority;
    private Parts first;
    private Parts second;

    @BeforeEach
    void start() {
        database = new QueueDatabase();
        authority = new InMemoryAuthority();
        first = Parts.of(
                database.replica(QueueDatabase.STATEMENT_LIMIT), authority, Duration.ofSeconds(5), Duration.ZERO);
        second = Parts.of(
                database.replica(QueueDatabase.STATEMENT_LIMIT), authority, Duration.ofSeconds(5), Duration.ZERO);
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    @DisplayName("R-Q2: claims at both replicas at once never share a task, and none is left")
    void claimsNeverShareATask() {
        join(first.queue()
                .enqueue(IntStream.range(0, 120).mapToObj(_ -> Tasks.task()).toList()));
        var owners = IntStream.range(0, 8).mapToObj(n -> owner("s" + n)).toList();
        var claims = IntStream.range(0, 64)
                .mapToObj(n -> claim(n % 2 == 0 ? first : second, owners.get(n % 8), Duration.ZERO))
                .toList();
        var taken = claims.stream()
                .flatMap(claim -> join(claim).stream())
                .map(Task::id)
                .toList();
        assertThat(taken).doesNotHaveDuplicates();
        for (var rest = join(claim(second, owners.getFirst(), Duration.ZERO)); !rest.isEmpty(); ) {
            assertThat(taken)
                    .doesNotContainAnyElementsOf(rest.stream().map(Task::id).toList());
            rest = join(claim(second, owners.getFirst(), Duration.ZERO));
        }
        assertThat(database.sql("SELECT 1 FROM queue.task_state WHERE state = 'pending'"))
                .isEmpty();
    }

    @Test
    @DisplayName("R-Q2: a claim that waits at one replica gets what is enqueued at the other, by its ticks")
    void aWaitingClaimHearsOfTheOther() {
        var waiting = claim(second, owner("w"), Duration.ofSeconds(20));
        await().until(() -> second.waiting().size() == 1);
        var task = Tasks.task();
        join(first.queue().enqueue(task));
        assertThat(waiting).isNotDone();
        await().until(() -> {
            second.waiting().tick();
            return waiting.isDone();
        });
        assertThat(join(waiting)).extracting(Task::id).containsExactly(task.id());
    }

    @Test
    @DisplayName(
            "R-Q3: what was claimed at one replica is finished at the other, and a repeat anywhere is answered the same")
    void finishedAtTheOther() {
        var task = Tasks.task();
        join(first.queue().enqueue(task));
        var claimed = join(claim(first, owner("f"), Duration.ZERO)).getFirst();
        var hold = new Hold(claimed.id(), "f", claimed.hold().token());
        var receipt = join(second.queue().finish(hold, new Outcome.Complete(null)));
        assertThat(join(first.queue().finish(hold, new Outcome.Complete(null)))).isEqualTo(receipt);
        await().until(() -> second.releases().waiting() == 0);
        authority.pass(Duration.ofSeconds(30));
        join(first.sweep().run());
        assertThat(first.repairs().total()).isZero();
    }

    private Owner owner(String session) {
        return new Owner(session, authority.register(session, 1_000));
    }

    private static CompletableFuture<List<Task>> claim(Parts replica, Owner owner, Duration wait) {
        return replica.queue().claim(owner, RequestId.NONE, ClaimFilter.ANY, 2, TTL, wait);
    }
}
