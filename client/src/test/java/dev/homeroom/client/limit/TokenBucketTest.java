package dev.homeroom.client.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeroom.client.time.SettableTime;
import dev.homeroom.client.time.Time;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("R-L6 the token bucket")
class TokenBucketTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final SettableTime time = new SettableTime(Instant.EPOCH);

    @Test
    void startsFullAndGainsEvenly() {
        TokenBucket bucket = new TokenBucket(10, SECOND, 5, time);
        assertThat(bucket.available()).isEqualTo(5);
        assertThat(bucket.tryConsume(5)).isTrue();
        assertThat(bucket.tryConsume(1)).isFalse();
        time.advance(Duration.ofMillis(99));
        assertThat(bucket.tryConsume(1)).isFalse();
        time.advance(Duration.ofMillis(1));
        assertThat(bucket.tryConsume(1)).isTrue();
        time.advance(Duration.ofHours(1));
        assertThat(bucket.available()).isEqualTo(5);
    }

    @Test
    void consumeWaitsOnceForExactlyAsLongAsItTakes() throws InterruptedException {
        TokenBucket bucket = new TokenBucket(10, SECOND, 5, time);
        assertThat(bucket.consume(5, Duration.ZERO)).isTrue();
        assertThat(bucket.consume(3, Duration.ofMillis(299))).isFalse();
        assertThat(bucket.consume(3, Duration.ofMillis(300))).isTrue();
        assertThat(time.nanos()).isEqualTo(Duration.ofMillis(300).toNanos());
        assertThat(bucket.available()).isZero();
    }

    @Test
    void refundGivesBackUpToTheBurst() {
        TokenBucket bucket = new TokenBucket(1, Duration.ofHours(1), 5, time);
        assertThat(bucket.tryConsume(4)).isTrue();
        bucket.refund(2);
        assertThat(bucket.available()).isEqualTo(3);
        bucket.refund(5);
        assertThat(bucket.available()).isEqualTo(5);
    }

    @Test
    void anInterruptedWaiterGivesItsReservationBack() {
        TokenBucket bucket = new TokenBucket(1, Duration.ofHours(1), 2, Time.system());
        assertThat(bucket.tryConsume(1)).isTrue();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> bucket.consume(2, Duration.ofHours(1))).isInstanceOf(InterruptedException.class);
        assertThat(bucket.tryConsume(1)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void agreesWithExactArithmeticAndNeverGivesMoreThanBurstAndRate(long seed) throws InterruptedException {
        for (long run = 0; run < 20; run++) {
            new Run(seed * 1_000 + run).play();
        }
    }

    /** Random operations against the definition in unbounded numbers; the seed repeats it. */
    private static final class Run {
        private final RandomGenerator random;
        private final SettableTime time = new SettableTime(Instant.EPOCH);
        private final int tokens;
        private final long period;
        private final int burst;
        private final TokenBucket bucket;
        private BigInteger level;
        private long at;
        /** Time and tokens of everything given; refunds as negative. */
        private final List<long[]> given = new ArrayList<>();

        Run(long seed) {
            random = RandomGeneratorFactory.getDefault().create(seed);
            boolean extreme = random.nextInt(4) == 0;
            tokens = extreme ? 1_000_000 : random.nextInt(1, 1_000);
            period = extreme ? Duration.ofHours(1).toNanos() : random.nextLong(1_000_000, 10_000_000_000L);
            burst = extreme ? 1_000_000 : random.nextInt(1, 100);
            bucket = new TokenBucket(tokens, Duration.ofNanos(period), burst, time);
            level = units(burst);
        }

        void play() throws InterruptedException {
            for (int step = 0; step < 60; step++) {
                int n = random.nextInt(1, burst + 1);
                switch (random.nextInt(4)) {
                    case 0 -> time.advance(Duration.ofNanos(random.nextLong(period * 3)));
                    case 1 -> tryConsume(n);
                    case 2 ->
                        consume(
                                n,
                                random.nextLong(
                                        Math.min(period * 3, Duration.ofHours(1).toNanos())));
                    default -> refund(n);
                }
                fill();
                assertThat(bucket.available())
                        .isEqualTo(level.divide(BigInteger.valueOf(period)).intValueExact());
            }
            checkEverySpan();
        }

        private void tryConsume(int n) {
            fill();
            boolean enough = level.compareTo(units(n)) >= 0;
            assertThat(bucket.tryConsume(n)).isEqualTo(enough);
            if (enough) {
                take(n);
            }
        }

        private void consume(int n, long timeout) throws InterruptedException {
            fill();
            BigInteger missing = units(n).subtract(level).max(BigInteger.ZERO);
            BigInteger reachable = BigInteger.valueOf(timeout).multiply(BigInteger.valueOf(tokens));
            boolean inTime = missing.compareTo(reachable) <= 0;
            assertThat(bucket.consume(n, Duration.ofNanos(timeout))).isEqualTo(inTime);
            fill();
            if (inTime) {
                assertThat(level).isGreaterThanOrEqualTo(units(n));
                take(n);
            }
        }

        private void refund(int n) {
            fill();
            bucket.refund(n);
            level = level.add(units(n)).min(units(burst));
            given.add(new long[] {time.nanos(), -n});
        }

        private void take(int n) {
            level = level.subtract(units(n));
            given.add(new long[] {time.nanos(), n});
        }

        private void fill() {
            BigInteger gained = BigInteger.valueOf(time.nanos() - at).multiply(BigInteger.valueOf(tokens));
            level = level.add(gained).min(units(burst));
            at = time.nanos();
        }

        private BigInteger units(long n) {
            return BigInteger.valueOf(n).multiply(BigInteger.valueOf(period));
        }

        private void checkEverySpan() {
            for (int from = 0; from < given.size(); from++) {
                long taken = 0;
                long refunded = 0;
                for (int to = from; to < given.size(); to++) {
                    taken += Math.max(0, given.get(to)[1]);
                    refunded += Math.max(0, -given.get(to)[1]);
                    BigInteger span = BigInteger.valueOf(given.get(to)[0] - given.get(from)[0]);
                    assertThat(units(taken))
                            .isLessThanOrEqualTo(
                                    units(burst + refunded).add(span.multiply(BigInteger.valueOf(tokens))));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void underContentionNoTokenIsGivenTwiceAndNoneIsLost(long seed) throws InterruptedException, ExecutionException {
        TokenBucket bucket = new TokenBucket(1_000, SECOND, 50, time);
        long given = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> takers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                RandomGenerator random = RandomGeneratorFactory.getDefault().create(seed * 10 + i);
                takers.add(threads.submit(() -> take(bucket, random)));
            }
            for (Future<Long> taker : takers) {
                given += taker.get();
            }
        }
        long most = 50 + Duration.ofNanos(time.nanos()).toMillis();
        assertThat(given + bucket.available()).isLessThanOrEqualTo(most);
        time.advance(SECOND);
        assertThat(bucket.available()).isEqualTo(50);
    }

    private long take(TokenBucket bucket, RandomGenerator random) throws InterruptedException {
        long mine = 0;
        for (int i = 0; i < 500; i++) {
            int n = random.nextInt(1, 6);
            switch (random.nextInt(4)) {
                case 0 -> time.advance(Duration.ofMillis(1));
                case 1 -> mine += bucket.consume(n, Duration.ofMillis(10)) ? n : 0;
                case 2 -> {
                    if (bucket.tryConsume(n)) {
                        bucket.refund(n);
                    }
                }
                default -> mine += bucket.tryConsume(n) ? n : 0;
            }
        }
        return mine;
    }

    @Test
    void badSettingsAreRefusedWithASentence() {
        TokenBucket bucket = new TokenBucket(1, SECOND, 5, time);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TokenBucket(0, SECOND, 1, time))
                .withMessage("tokens must be from 1 to 1000000, not 0.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bucket.tryConsume(6))
                .withMessage("number of tokens must be from 1 to 5, not 6.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bucket.consume(1, Duration.ofHours(2)))
                .withMessage("timeout must be from PT0S to PT1H, not PT2H.");
    }
}
