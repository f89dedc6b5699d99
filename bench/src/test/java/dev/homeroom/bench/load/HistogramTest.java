package dev.homeroom.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HistogramTest {
    private final Histogram histogram = new Histogram();

    @Test
    @DisplayName("percentiles of 1 to 1000 ms are at most a bucket's width above the truth")
    void percentiles() {
        for (int millis = 1; millis <= 1_000; millis++) {
            histogram.record(TimeUnit.MILLISECONDS.toNanos(millis));
        }
        assertThat(histogram.count()).isEqualTo(1_000);
        assertThat(histogram.millisAt(0.5)).isCloseTo(500, Percentage.withPercentage(3.2));
        assertThat(histogram.millisAt(0.99)).isCloseTo(990, Percentage.withPercentage(3.2));
        assertThat(histogram.millisAt(1)).isBetween(1_000.0, 1_033.0);
    }

    @Test
    @DisplayName("short latencies are exact, what is out of range counts at the end of the range")
    void edges() {
        histogram.record(-5);
        assertThat(histogram.millisAt(1)).isZero();
        histogram.record(TimeUnit.MICROSECONDS.toNanos(17));
        assertThat(histogram.millisAt(1)).isCloseTo(0.017, within(1e-9));
        histogram.record(Long.MAX_VALUE);
        assertThat(histogram.count()).isEqualTo(3);
        assertThat(histogram.millisAt(1)).isGreaterThan(15 * 60_000.0);
    }

    @Test
    @DisplayName("every value falls into the bucket whose largest value is the first not below it")
    void buckets() {
        for (long micros = 0; micros < 200_000; micros++) {
            int bucket = Histogram.bucket(micros);
            assertThat(Histogram.upperMicros(bucket)).isGreaterThanOrEqualTo(micros);
            if (bucket > 0) {
                assertThat(Histogram.upperMicros(bucket - 1)).isLessThan(micros);
            }
        }
    }

    @Test
    @DisplayName("an empty one answers 0, a part outside 0..1 is refused")
    void empty() {
        assertThat(histogram.millisAt(0.5)).isZero();
        assertThatThrownBy(() -> histogram.millisAt(1.1)).isInstanceOf(IllegalArgumentException.class);
    }
}
