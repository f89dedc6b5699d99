package dev.homeroom.platform.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TracingSwitchTest {
    private static final String DISABLED = "quarkus.otel.sdk.disabled";

    @Test
    void staysOffWithoutACollector() {
        assertThat(config(Map.of()).getValue(DISABLED, boolean.class)).isTrue();
    }

    @Test
    void goesOnWithACollector() {
        SmallRyeConfig config = config(Map.of("otel.exporter.otlp.endpoint", "http://collector:4317"));
        assertThat(config.getValue(DISABLED, boolean.class)).isFalse();
        assertThat(config.getValue("quarkus.otel.exporter.otlp.endpoint", String.class))
                .isEqualTo("http://collector:4317");
        assertThat(config(Map.of("quarkus.otel.exporter.otlp.endpoint", "http://collector:4317"))
                        .getValue(DISABLED, boolean.class))
                .isFalse();
    }

    @Test
    void canBeSaidOutright() {
        assertThat(config(Map.of("otel.exporter.otlp.endpoint", "http://collector:4317", DISABLED, "true"))
                        .getValue(DISABLED, boolean.class))
                .isTrue();
    }

    private static SmallRyeConfig config(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(environment, "environment", 300))
                .withSources(new TracingSwitch())
                .build();
    }
}
