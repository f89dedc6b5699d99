package dev.homeroom.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainInstantTest {
    private static final DateTimeFormatter REFERENCE =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    @Test
    @DisplayName("R-M1: the short way reads and writes what the general one does")
    void agrees() {
        Random random = new Random(1);
        long first = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
        long last = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
        for (int i = 0; i < 20_000; i++) {
            Instant instant = Instant.ofEpochMilli(random.nextLong(first, last));
            String text = REFERENCE.format(instant);
            assertThat(PlainInstant.write(instant.plusNanos(random.nextInt(1_000_000))))
                    .isEqualTo(text);
            assertThat(PlainInstant.read(text)).isEqualTo(instant);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-02T08:15:30Z",
                "2026-11-02T08:15:30.125+",
                "2026-11-02T08:15:30.1255Z",
                "2026-13-02T08:15:30.125Z",
                "2026-02-29T08:15:30.125Z",
                "2026-11-02T24:00:00.000Z",
                "2026-11-02T08:15:60.125Z",
                "2026-11-00T08:15:30.125Z",
                "+026-11-02T08:15:30.125Z",
                ""
            })
    @DisplayName("R-M1: everything else is left to the general one")
    void leaves(String text) {
        assertThat(PlainInstant.read(text)).isNull();
    }

    @Test
    @DisplayName("R-M1: the 29th of February of a leap year is a day")
    void leapDay() {
        assertThat(PlainInstant.read("2024-02-29T08:15:30.125Z")).isEqualTo("2024-02-29T08:15:30.125Z");
    }
}
