package dev.homeroom.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.homeroom.coordinator.core.Rejection.Reason;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RateTest {
    private final Bench bench = new Bench();
    private final SessionView anna = bench.register("anna");

    private Answer.Consumed consume(String key, double amount) {
        return bench.run(
                new Command.Consume("anna", anna.incarnation(), Request.NONE, key, amount), Answer.Consumed.class);
    }

    private Answer.Consumed refund(String key, double amount) {
        return bench.run(
                new Command.Refund("anna", anna.incarnation(), Request.NONE, key, amount), Answer.Consumed.class);
    }

    private void pass(long millis) {
        for (long left = millis; left > 0; left -= 1_000) {
            bench.apply(Math.min(1_000, left), List.of());
        }
        bench.beat(anna);
    }

    @Test
    void aBucketGivesItsBurstAndThenItsRate_R_L6() {
        bench.run(new Command.SetRate("k", 2, 10), Answer.OneLimit.class);
        assertThat(consume("k", 4)).isEqualTo(new Answer.Consumed(true, 6, 0));
        assertThat(consume("k", 7)).isEqualTo(new Answer.Consumed(false, 6, 500));
        pass(499);
        assertThat(consume("k", 7).taken()).isFalse();
        pass(1);
        assertThat(consume("k", 7)).isEqualTo(new Answer.Consumed(true, 0, 0));
        pass(60_000 - 40_000);
        assertThat(consume("k", 10)).isEqualTo(new Answer.Consumed(true, 0, 0));
    }

    @Test
    void whatIsOverTheBurstNeverComes_R_L6() {
        bench.run(new Command.SetRate("k", 2, 10));
        assertThat(consume("k", 11)).isEqualTo(new Answer.Consumed(false, 10, -1));
        bench.run(new Command.SetRate("once", 0, 1));
        assertThat(consume("once", 1).taken()).isTrue();
        assertThat(consume("once", 1)).isEqualTo(new Answer.Consumed(false, 0, -1));
    }

    @Test
    void aRefundNeverGoesOverTheBurst_R_L6() {
        bench.run(new Command.SetRate("k", 1, 10));
        consume("k", 8);
        assertThat(refund("k", 3)).isEqualTo(new Answer.Consumed(true, 5, 0));
        assertThat(refund("k", 30)).isEqualTo(new Answer.Consumed(true, 10, 0));
    }

    @Test
    void anotherRateKeepsWhatFitsAndNoneRemovesIt_R_L6() {
        bench.run(new Command.SetRate("k", 1, 10));
        consume("k", 2);
        Answer.OneLimit smaller = bench.run(new Command.SetRate("k", 1, 5), Answer.OneLimit.class);
        assertThat(smaller.rate()).isEqualTo(new Answer.Rate(1, 5, 5));
        assertThat(bench.run(new Command.SetRate("k", 0, 0), Answer.OneLimit.class)
                        .rate())
                .isNull();
        assertThat(consume("k", 1_000).taken()).isTrue();
        assertThat(refund("k", 1_000).taken()).isTrue();
    }

    @Test
    void wrongValuesAreRefused_R_L6() {
        for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY, 1_000_001}) {
            assertThat(bench.refused(new Command.SetRate("k", bad, 1))).isEqualTo(Reason.INVALID);
            assertThat(bench.refused(new Command.Consume("anna", 1, Request.NONE, "k", bad)))
                    .isEqualTo(Reason.INVALID);
        }
        assertThat(bench.refused(new Command.SetRate("k", 1, 0))).isEqualTo(Reason.INVALID);
        assertThat(bench.refused(new Command.Refund("anna", 1, Request.NONE, "k", 0)))
                .isEqualTo(Reason.INVALID);
    }

    @Test
    void aRetryTakesNothingTwice_R_L6() {
        bench.run(new Command.SetRate("k", 1, 10));
        Command take = new Command.Consume("anna", 1, new Request(1, 1), "k", 4);
        Answer first = bench.run(take);
        assertThat(bench.run(take)).isEqualTo(first);
        assertThat(bench.run(new Command.GetLimit("k"), Answer.OneLimit.class).rate())
                .isEqualTo(new Answer.Rate(1, 10, 6));
    }

    @Test
    void neverMoreThanBurstAndRateTimesTimeAndRetryAfterHolds_R_L6() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            double perSecond = random.nextInt(4) == 0 ? random.nextInt(1_000) : random.nextDouble() * 20;
            double burst = 1 + random.nextDouble() * 50;
            Bucket bucket = new Bucket("k", perSecond, burst, burst, 0);
            long nanos = 0;
            double taken = 0;
            for (int i = 0; i < 300; i++) {
                nanos += random.nextInt(400_000_000);
                double amount = random.nextDouble() * burst;
                if (bucket.available(nanos) >= amount) {
                    bucket = bucket.changed(-amount, nanos);
                    taken += amount;
                } else {
                    long after = bucket.retryAfterMillis(amount, nanos);
                    assertThat(after < 0 || bucket.available(nanos + after * 1_000_000) >= amount)
                            .as("seed %s: after %s ms there is enough", seed, after)
                            .isTrue();
                }
                assertThat(bucket.level()).isBetween(0.0, burst);
                assertThat(taken).as("seed %s", seed).isLessThanOrEqualTo(burst + perSecond * nanos / 1e9 + 1e-6);
            }
        }
    }

    @Test
    void limitsAreReadAndListedWithTheirRates_R_L5_R_L6() {
        bench.run(new Command.SetLimit("a", 3));
        bench.run(new Command.SetRate("b", 5, 5));
        bench.run(Bench.acquire(anna, Kind.LIMIT, "c"));
        bench.run(new Command.SetRate("c", 1, 2));
        Answer.LimitPage first = bench.run(new Command.ListLimits("", 2), Answer.LimitPage.class);
        assertThat(first.limits()).extracting(Answer.OneLimit::key).containsExactly("a", "b");
        Answer.LimitPage second =
                bench.run(new Command.ListLimits(String.valueOf(first.next()), 2), Answer.LimitPage.class);
        assertThat(second.next()).isNull();
        assertThat(second.limits())
                .containsExactly(new Answer.OneLimit("c", 1_000_000, 1, 0, new Answer.Rate(1, 2, 2)));
        assertThat(bench.run(new Command.GetLimit("a"), Answer.OneLimit.class))
                .isEqualTo(new Answer.OneLimit("a", 3, 0));
        assertThat(bench.run(new Command.GetLimit("nobody"), Answer.OneLimit.class))
                .isEqualTo(new Answer.OneLimit("nobody", 1_000_000, 0));
        assertThat(bench.refused(new Command.ListLimits("", 0))).isEqualTo(Reason.INVALID);
        assertThat(first.limits().getLast().rate())
                .isNotNull()
                .satisfies(rate -> assertThat(rate.available()).isEqualTo(5, within(1e-9)));
    }
}
