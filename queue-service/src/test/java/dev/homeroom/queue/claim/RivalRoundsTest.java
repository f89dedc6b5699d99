package dev.homeroom.queue.claim;

import static dev.homeroom.queue.testing.QueueDatabase.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.queue.core.ClaimFilter;
import dev.homeroom.queue.core.GrantAuthority;
import dev.homeroom.queue.core.LessonWeights;
import dev.homeroom.queue.core.Owner;
import dev.homeroom.queue.core.RequestId;
import dev.homeroom.queue.core.TaskStore;
import dev.homeroom.queue.core.order.Ageing;
import dev.homeroom.queue.core.order.Board;
import dev.homeroom.queue.core.order.Fairness;
import dev.homeroom.queue.finish.Releases;
import dev.homeroom.queue.testing.InMemoryAuthority;
import dev.homeroom.queue.testing.QueueDatabase;
import dev.homeroom.queue.testing.Tasks;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two rounds of claims that read the same rows at the same time. */
class RivalRoundsTest {
    private final QueueDatabase database = new QueueDatabase();
    private final InMemoryAuthority authority = new InMemoryAuthority();
    private final CompletableFuture<Void> gate = new CompletableFuture<>();
    private final CountDownLatch reads = new CountDownLatch(2);
    private final AtomicInteger calls = new AtomicInteger();

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    @DisplayName("R-Q2: where there are tasks for all, no claim asks the coordinator for those of another round")
    void eachRoundAsksForTasksOfItsOwn() throws InterruptedException {
        TaskStore store = proxy(TaskStore.class, "due", database.store(), read -> {
            reads.countDown();
            return gate.thenApply(_ -> read);
        });
        join(store.enqueue(Stream.generate(Tasks::task).limit(30).toList()));
        var board = new Board();
        var keeper = new BoardKeeper(store, board, System::nanoTime, Instant.now());
        join(keeper.refreshed());
        var ageing = Ageing.of(Duration.ofMinutes(5));
        var finder = new Finder(
                store, board, keeper, ageing, new Fairness(LessonWeights.EQUAL), new Exhausted(System::nanoTime));
        GrantAuthority counted = proxy(GrantAuthority.class, "claim", authority, answer -> {
            calls.incrementAndGet();
            return CompletableFuture.completedFuture(answer);
        });
        var round =
                new ClaimRound(store, counted, new Releases(counted, _ -> {}), new TokenFloor(store, counted), finder);

        var first = round.run(claims("a", 15));
        var second = round.run(claims("b", 10));
        assertThat(reads.await(10, TimeUnit.SECONDS)).isTrue();
        gate.complete(null);

        assertThat(join(first))
                .hasSize(15)
                .allSatisfy(taken -> assertThat(taken.tasks()).hasSize(1));
        assertThat(join(second))
                .hasSize(10)
                .allSatisfy(taken -> assertThat(taken.tasks()).hasSize(1));
        assertThat(calls).hasValue(2);
    }

    private List<Claim> claims(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Owner(name + i, authority.register(name + i, 10)))
                .map(owner -> new Claim(owner, RequestId.NONE, ClaimFilter.ANY, null, 1, Duration.ofMinutes(5), false))
                .toList();
    }

    /** Calls of this method are answered with what {@code after} makes of the answer. */
    private static <T> T proxy(
            Class<T> type, String method, T behind, Function<Object, CompletionStage<Object>> after) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (_, called, arguments) -> called.getName().equals(method)
                        ? ((CompletionStage<?>) invoke(behind, called, arguments)).thenCompose(after)
                        : invoke(behind, called, arguments)));
    }

    private static Object invoke(Object behind, Method method, Object[] arguments) {
        try {
            return method.invoke(behind, arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
