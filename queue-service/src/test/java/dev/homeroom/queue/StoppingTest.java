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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a replica that stops still does. */
class StoppingTest {
    private static final Duration TTL = Duration.ofMinutes(10);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final QueueDatabase database = new QueueDatabase();
    private final InMemoryAuthority authority = new InMemoryAuthority();
    private final Parts parts = Parts.of(database.store(), authority);
    private final Owner owner = new Owner("a", authority.register("a", 100));

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void claimsThatWaitAndThatComeLateAreAnsweredAtOnce() {
        var waiting = claim(LONG);
        await().until(() -> parts.waiting().size() == 1);
        parts.waiting().close();
        assertThat(join(waiting)).isEmpty();
        assertThat(join(claim(LONG))).isEmpty();
        assertThat(parts.waiting().size()).isZero();
    }

    @Test
    void whatIsThereIsStillGiven() {
        var id = Tasks.task("build", 5);
        join(parts.queue().enqueue(id));
        parts.waiting().close();
        assertThat(join(claim(LONG))).hasSize(1);
    }

    @Test
    void whatWasFinishedIsGivenBack() throws InterruptedException {
        join(parts.queue().enqueue(Tasks.task("build", 5)));
        var task = join(claim(Duration.ZERO)).getFirst();
        join(parts.queue()
                .finish(new Hold(task.id(), owner.session(), task.hold().token()), new Outcome.Skip(null)));
        assertThat(parts.releases().awaitEmpty(LONG)).isTrue();
        assertThat(join(authority.holder(task.id()))).isEmpty();
    }

    private CompletableFuture<List<Task>> claim(Duration wait) {
        return parts.queue().claim(owner, RequestId.NONE, ClaimFilter.ANY, 1, TTL, wait);
    }
}
