package dev.homeroom.queue.core.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Percentiles of R-Q10: within a sixteenth, added and stored without loss. */
class HistogramTest {
    @Test
    void bucketsFollowEachOtherWithoutGapOrOverlap() {
        for (int bucket = 0; bucket < Histogram.MOST_BUCKETS; bucket++) {
            assertThat(Histogram.bucket(Histogram.lowest(bucket))).isEqualTo(bucket);
            assertThat(Histogram.bucket(Histogram.highest(bucket))).isEqualTo(bucket);
            assertThat(Histogram.lowest(bucket + 1)).isEqualTo(Histogram.highest(bucket) + 1);
        }
        assertThat(Histogram.highest(Histogram.MOST_BUCKETS - 1)).isEqualTo(Histogram.HIGHEST);
    }

    @Test
    void percentilesAreAtMostASixteenthTooHighForAnyValues() {
        var random = new Random(7);
        for (int round = 0; round < 200; round++) {
            var values = LongStream.generate(() -> (long) Math.pow(2, random.nextDouble() * 35))
                    .limit(1 + random.nextInt(300))
                    .toArray();
            var histogram = of(values);
            Arrays.sort(values);
            for (double share : new double[] {0.5, 0.9, 0.99, 1}) {
                long exact = values[(int) Math.ceil(share * values.length) - 1];
                assertThat(histogram.percentile(share)).isBetween(exact, exact + exact / 16);
            }
            assertThat(histogram.mean())
                    .isEqualTo(Arrays.stream(values).average().orElseThrow());
        }
    }

    @Test
    void additionAndStorageLoseNothing() {
        var one = of(0, 1, 15, 16, 17, 1_000, Histogram.HIGHEST);
        var other = of(3, 1_000, 70_000);
        var both = of(0, 1, 15, 16, 17, 1_000, Histogram.HIGHEST, 3, 1_000, 70_000);
        one.add(Histogram.decoded(other.encoded()));
        assertThat(one.encoded()).isEqualTo(both.encoded());
        assertThat(Histogram.decoded(both.encoded()).encoded()).isEqualTo(both.encoded());
        assertThat(one.total()).isEqualTo(10);
        assertThat(one.mean()).isEqualTo(both.mean());
    }

    @Test
    void valuesOutsideTheRangeCountAtItsEnds() {
        var histogram = of(-5, Long.MAX_VALUE);
        assertThat(histogram.percentile(0.5)).isZero();
        assertThat(histogram.percentile(1)).isEqualTo(Histogram.HIGHEST);
        assertThat(new Histogram().percentile(0.5)).isZero();
        assertThat(new Histogram().mean()).isZero();
    }

    @Test
    void whatIsNoHistogramIsRefused() {
        byte[] tooMany = {0, (byte) 0xff, 0x7f, 1};
        assertThatThrownBy(() -> Histogram.decoded(tooMany)).isInstanceOf(IllegalArgumentException.class);
        var endless = new byte[12];
        Arrays.fill(endless, (byte) 0xff);
        assertThatThrownBy(() -> Histogram.decoded(endless)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Histogram of(long... values) {
        var histogram = new Histogram();
        Arrays.stream(values).forEach(histogram::add);
        return histogram;
    }
}
