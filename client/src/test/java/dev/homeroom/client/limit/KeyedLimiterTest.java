package dev.homeroom.client.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeroom.client.limit.KeyedLimiter.Permit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("R-L5 keyed limits inside a process")
@Timeout(60)
class KeyedLimiterTest {
    private final KeyedLimiter limiter = new KeyedLimiter(1);

    @Test
    void eachKeyHasItsOwnPermitsAndUnknownOnesTheDefault() throws InterruptedException {
        limiter.setLimit("b", 2);
        try (Permit a = limiter.acquire("a");
                Permit first = limiter.acquire("b");
                Permit second = limiter.acquire("b")) {
            assertThat(List.of(a.key(), first.key(), second.key())).containsExactly("a", "b", "b");
            assertThat(limiter.tryAcquire("a", Duration.ZERO)).isEmpty();
            assertThat(limiter.tryAcquire("b", Duration.ofMillis(1))).isEmpty();
            assertThat(limiter.used("b")).isEqualTo(2);
        }
        assertThat(limiter.limit("a")).isEqualTo(1);
        assertThat(limiter.limit("b")).isEqualTo(2);
        limiter.resetLimit("b");
        assertThat(limiter.limit("b")).isEqualTo(1);
    }

    @Test
    void aPermitClosedTwiceComesBackOnce() throws InterruptedException {
        Permit permit = limiter.acquire("a");
        permit.close();
        permit.close();
        assertThat(limiter.used("a")).isZero();
        try (Permit again = limiter.acquire("a")) {
            assertThat(again.key()).isEqualTo("a");
            assertThat(limiter.tryAcquire("a", Duration.ZERO)).isEmpty();
        }
    }

    @Test
    void idleKeysLeaveNothingBehind() throws InterruptedException {
        for (int i = 0; i < 10_000; i++) {
            limiter.acquire("key-" + i).close();
        }
        try (Permit held = limiter.acquire("held")) {
            assertThat(limiter.tryAcquire(held.key(), Duration.ZERO)).isEmpty();
            assertThat(limiter.keysInUse()).isEqualTo(1);
        }
        assertThat(limiter.keysInUse()).isZero();
    }

    @Test
    void loweringBelowWhatIsUsedTakesNothingAway() throws InterruptedException {
        limiter.setLimit("a", 2);
        Permit first = limiter.acquire("a");
        Permit second = limiter.acquire("a");
        limiter.setLimit("a", 1);
        assertThat(limiter.used("a")).isEqualTo(2);
        first.close();
        assertThat(limiter.tryAcquire("a", Duration.ZERO)).isEmpty();
        second.close();
        assertThat(limiter.tryAcquire("a", Duration.ZERO)).isPresent();
    }

    @Test
    void whoWaitsIsServedInOrderAndNotOvertaken() throws InterruptedException, ExecutionException {
        Permit first = limiter.acquire("a");
        List<Integer> served = Collections.synchronizedList(new ArrayList<>());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> waiters = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                waiters.add(waiter(threads, served, i));
                awaitWaiting(i + 1);
            }
            first.close();
            for (Future<?> waiter : waiters) {
                waiter.get();
            }
        }
        assertThat(served).containsExactly(0, 1, 2, 3, 4);
        assertThat(limiter.keysInUse()).isZero();
    }

    private Future<?> waiter(ExecutorService threads, List<Integer> served, int number) {
        return threads.submit(() -> {
            try (Permit permit = limiter.acquire("a")) {
                assertThat(permit.key()).isEqualTo("a");
                served.add(number);
            }
            return null;
        });
    }

    @Test
    void raisingTheLimitLetsAllInWhoFit() throws InterruptedException, ExecutionException {
        limiter.setLimit("a", 0);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Permit> one = threads.submit(() -> limiter.acquire("a"));
            Future<Permit> two = threads.submit(() -> limiter.acquire("a"));
            awaitWaiting(2);
            limiter.setLimit("a", 2);
            one.get();
            two.get();
            assertThat(limiter.used("a")).isEqualTo(2);
        }
    }

    @Test
    void aWaiterThatGoesAwayLetsTheNextIn() throws InterruptedException, ExecutionException {
        Permit first = limiter.acquire("a");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Permit> gone = threads.submit(() -> limiter.acquire("a"));
            awaitWaiting(1);
            Future<Permit> next = threads.submit(() -> limiter.acquire("a"));
            awaitWaiting(2);
            gone.cancel(true);
            awaitWaiting(1);
            first.close();
            next.get().close();
        }
        assertThat(limiter.keysInUse()).isZero();
    }

    @Test
    void anInterruptedThreadGetsNoPermitAndLeavesNothing() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> limiter.acquire("a")).isInstanceOf(InterruptedException.class);
        assertThat(limiter.keysInUse()).isZero();
    }

    private void awaitWaiting(int count) {
        while (limiter.waiting("a") != count) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void underContentionNeverMoreThanTheHighestLimitAndNothingIsLeft(long seed)
            throws InterruptedException, ExecutionException {
        List<Holding> keys = List.of(new Holding("a"), new Holding("b"), new Holding("c"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                RandomGenerator random = RandomGeneratorFactory.getDefault().create(seed * 100 + i);
                all.add(threads.submit(() -> {
                    for (int step = 0; step < 200; step++) {
                        keys.get(random.nextInt(3)).use(random);
                    }
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        assertThat(limiter.keysInUse()).isZero();
    }

    private final class Holding {
        private static final int HIGHEST = 3;

        private final String key;
        private final AtomicInteger inside = new AtomicInteger();

        Holding(String key) {
            this.key = key;
        }

        void use(RandomGenerator random) throws InterruptedException {
            if (random.nextInt(10) == 0) {
                limiter.setLimit(key, random.nextInt(1, HIGHEST + 1));
            }
            Optional<Permit> permit = random.nextBoolean()
                    ? limiter.tryAcquire(key, Duration.ofNanos(random.nextInt(100_000)))
                    : Optional.of(limiter.acquire(key));
            if (permit.isPresent()) {
                assertThat(inside.incrementAndGet()).isLessThanOrEqualTo(HIGHEST);
                Thread.onSpinWait();
                inside.decrementAndGet();
                permit.get().close();
            }
        }
    }

    @Test
    void badSettingsAreRefusedWithASentence() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> limiter.setLimit("a", -1))
                .withMessage("limit must be from 0 to 1000000, not -1.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeyedLimiter(-1))
                .withMessage("default limit must be from 0 to 1000000, not -1.");
    }
}
