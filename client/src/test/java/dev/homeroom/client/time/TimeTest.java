package dev.homeroom.client.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TimeTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final SettableTime settable = new SettableTime(Instant.EPOCH);
    private final List<String> rung = new ArrayList<>();

    @Test
    void settableTimeRingsInOrderAndEachAtItsTime() {
        ring("b", 2);
        ring("a", 1);
        ring("c", 2);
        var later = settable.after(Duration.ofSeconds(3), () -> rung.add("cancelled"));
        settable.after(SECOND, () -> ring("from within", 1));
        later.cancel();
        assertThat(settable.untilNextAlarm()).contains(SECOND);
        settable.advance(Duration.ofSeconds(10));
        assertThat(rung).containsExactly("a@1", "b@2", "c@2", "from within@2");
        assertThat(settable.instant()).isEqualTo(Instant.EPOCH.plusSeconds(10));
        assertThat(settable.alarms()).isZero();
    }

    @Test
    void settableWaitingEndsWithTheSignalOrTheTime() {
        CountDownLatch signal = new CountDownLatch(1);
        assertThat(settable.await(signal, SECOND)).isFalse();
        settable.after(SECOND, signal::countDown);
        assertThat(settable.await(signal, SECOND)).isTrue();
        assertThat(settable.await(signal, SECOND)).isTrue();
        assertThat(settable.nanos()).isEqualTo(SECOND.multipliedBy(2).toNanos());
    }

    @Test
    void realAlarmsRingUnlessCancelled() throws InterruptedException {
        Time time = Time.system();
        CountDownLatch signal = new CountDownLatch(1);
        var cancelled = time.after(Duration.ofHours(1), () -> rung.add("cancelled"));
        cancelled.cancel();
        time.after(Duration.ZERO, signal::countDown);
        assertThat(signal.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(time.await(signal, Duration.ofHours(1))).isTrue();
        assertThat(time.await(new CountDownLatch(1), Duration.ZERO)).isFalse();
        assertThat(rung).isEmpty();
    }

    @Test
    @DisplayName("R-L2 the pauses are 1, 2, 4, 8, 16 s, at most five")
    void backoff() {
        Backoff backoff = Backoff.CONFLICT;
        assertThat(IntStream.rangeClosed(1, 7).mapToObj(i -> backoff.pause(i).toSeconds()))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 16L, 16L);
        assertThat(backoff.allows(5)).isTrue();
        assertThat(backoff.allows(6)).isFalse();
    }

    @Test
    @DisplayName("R-L2 a backoff out of bounds is refused with a sentence")
    void badBackoff() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ZERO, SECOND, 1))
                .withMessage("The first pause must be positive, not PT0S.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(SECOND, Duration.ofMillis(1), 1))
                .withMessageContaining("not PT0.001S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(SECOND, SECOND, -1))
                .withMessage("There can be 0 to 1000 retries, not -1.");
    }

    private void ring(String name, int seconds) {
        var unused = settable.after(
                Duration.ofSeconds(seconds),
                () -> rung.add(name + "@" + settable.instant().getEpochSecond()));
    }
}
