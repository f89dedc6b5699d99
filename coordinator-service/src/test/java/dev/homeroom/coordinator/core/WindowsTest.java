package dev.homeroom.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowsTest {
    private static final String BERLIN = "Europe/Berlin";
    private static final List<Integer> WEEKDAYS = List.of(1, 2, 3, 4, 5);
    private static final long HOUR = 3_600_000;

    static long wall(String local, String zone) {
        return LocalDateTime.parse(local).atZone(ZoneId.of(zone)).toInstant().toEpochMilli();
    }

    private static boolean open(long wall, List<Integer> days, int from, int to, String zone) {
        Affinity affinity = new Affinity("a", "s", "l", List.of(new Affinity.Window(days, from, to, zone)), 1);
        return new Windows(wall).open(affinity);
    }

    private static boolean weekdays(String local) {
        return open(wall(local, BERLIN), WEEKDAYS, 540, 720, BERLIN);
    }

    @Test
    void weekdaysFromNineToTwelveInAZone_R_S7() {
        assertThat(weekdays("2026-03-02T08:59:59")).isFalse();
        assertThat(weekdays("2026-03-02T09:00")).isTrue();
        assertThat(weekdays("2026-03-06T11:59:59")).isTrue();
        assertThat(weekdays("2026-03-06T12:00")).isFalse();
        assertThat(weekdays("2026-03-07T10:00")).isFalse();
        long nineInBerlin = wall("2026-03-02T09:30", BERLIN);
        assertThat(open(nineInBerlin, WEEKDAYS, 540, 720, "America/New_York")).isFalse();
    }

    @Test
    void theHoursOfTheWallClockStayWhenSummerTimeBeginsAndEnds_R_S7() {
        assertThat(weekdays("2026-03-27T09:00")).isTrue();
        assertThat(weekdays("2026-03-30T09:00")).isTrue();
        long beforeNine = wall("2026-03-30T09:00", BERLIN) - 1;
        assertThat(open(beforeNine, WEEKDAYS, 540, 720, BERLIN)).isFalse();
        assertThat(wall("2026-03-30T09:00", BERLIN) - wall("2026-03-27T09:00", BERLIN))
                .isEqualTo(71 * HOUR);
    }

    @Test
    void aWindowInTheSkippedHourDoesNotOpenThatDay_R_S7() {
        List<Integer> sunday = List.of(7);
        long midnight = wall("2026-03-29T00:00", BERLIN);
        for (long at = midnight; at < midnight + 23 * HOUR; at += 60_000) {
            assertThat(open(at, sunday, 130, 170, BERLIN)).isFalse();
        }
        assertThat(open(midnight + 2 * HOUR, sunday, 150, 200, BERLIN)).isTrue();
    }

    @Test
    void aWindowInTheRepeatedHourOpensTwice_R_S7() {
        List<Integer> sunday = List.of(7);
        long twoOClock = wall("2026-10-25T02:00", BERLIN);
        assertThat(open(twoOClock + HOUR / 2, sunday, 130, 170, BERLIN)).isTrue();
        assertThat(open(twoOClock + HOUR, sunday, 130, 170, BERLIN)).isFalse();
        assertThat(open(twoOClock + HOUR + HOUR / 2, sunday, 130, 170, BERLIN)).isTrue();
    }

    @Test
    void aWindowMayEndOnTheNextDay_R_S7() {
        List<Integer> sunday = List.of(7);
        assertThat(open(wall("2026-03-01T22:00", BERLIN), sunday, 1_320, 360, BERLIN))
                .isTrue();
        assertThat(open(wall("2026-03-02T05:59", BERLIN), sunday, 1_320, 360, BERLIN))
                .isTrue();
        assertThat(open(wall("2026-03-02T06:00", BERLIN), sunday, 1_320, 360, BERLIN))
                .isFalse();
        assertThat(open(wall("2026-03-01T05:00", BERLIN), sunday, 1_320, 360, BERLIN))
                .isFalse();
        assertThat(open(wall("2026-03-02T08:59", BERLIN), sunday, 540, 540, BERLIN))
                .isTrue();
        assertThat(open(wall("2026-03-02T09:00", BERLIN), sunday, 540, 540, BERLIN))
                .isFalse();
    }

    @Test
    void withoutWindowsItIsAlwaysOpen_R_S7() {
        assertThat(new Windows(0).open(new Affinity("a", "s", "l", List.of(), 1)))
                .isTrue();
        assertThat(Windows.knows("Mars/Olympus")).isFalse();
        assertThat(Windows.knows(BERLIN)).isTrue();
    }

    /** A replica with older zone rules must neither refuse what the others take nor stop. */
    @Test
    void whetherAZoneIsKnownIsAskedBeforeTheLog_R_S7() {
        Affinity.Window window = new Affinity.Window(List.of(1), 0, 1_440, "Mars/Olympus");
        Affinity affinity = new Affinity("a", "s", "l", List.of(window), 1);
        Command put = new Command.PutAffinity(affinity);
        assertThat(Windows.refusal(put)).isInstanceOf(Answer.Rejected.class);
        assertThat(Windows.refusal(new Command.Once("r", put))).isInstanceOf(Answer.Rejected.class);
        assertThat(new Bench().run(put)).isInstanceOf(Answer.OneAffinity.class);
        assertThat(new Windows(0).open(affinity)).isFalse();
    }
}
