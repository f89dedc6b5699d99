package dev.homeroom.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RowTest {
    private static Row row(String system, double opsPerSecond) {
        return new Row(system, "lock pair", 32, 1, opsPerSecond, 1.23456, 4.0, Map.of());
    }

    @Test
    @DisplayName("a row is one JSON object with the documented fields first and four digits")
    void json() {
        assertThat(row("redis", 6_543.21).with("note", "quiet").json())
                .isEqualTo("{\"system\":\"redis\",\"operation\":\"lock pair\",\"concurrency\":32,\"nodes\":1,"
                        + "\"ops_per_s\":6543,\"p50_ms\":1.235,\"p99_ms\":4.0,\"note\":\"quiet\"}");
    }

    @Test
    @DisplayName("what could not be measured says what is missing")
    void missing() {
        assertThat(Row.missing("etcd", "register", 32, 3, "etcd is not on the PATH")
                        .json())
                .isEqualTo(
                        "{\"system\":\"etcd\",\"operation\":\"register\",\"concurrency\":32,\"nodes\":3,"
                                + "\"ops_per_s\":null,\"p50_ms\":null,\"p99_ms\":null,\"missing\":\"etcd is not on the PATH\"}");
    }

    @Test
    @DisplayName("ours carries its ratio to each reference of the same load")
    void ratios() {
        StringWriter text = new StringWriter();
        Report report = new Report(new PrintWriter(text), true);
        report.add(row("redis", 6_000));
        report.add(row("homeroom", 18_000));
        assertThat(text.toString().lines().toList().getLast()).contains("\"ratio_redis\":3.0");
    }
}
