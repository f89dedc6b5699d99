package dev.homeroom.platform.trace;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Turns tracing on where somebody listens: when {@code OTEL_EXPORTER_OTLP_ENDPOINT} (or the framework's own setting) names
 * a collector. Otherwise the SDK stays off, and costs nothing.
 */
public final class TracingSwitch implements ConfigSourceFactory {
    private static final String STANDARD = "otel.exporter.otlp.endpoint";
    private static final String OWN = "quarkus.otel.exporter.otlp.endpoint";
    /** Above the defaults in our jars (100), below what an application (250) or the environment (300) says. */
    private static final int ORDINAL = 120;

    private static final int LOWEST_THAT_SOMEBODY_SET = 100;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        ConfigValue standard = context.getValue(STANDARD);
        if (isSet(standard)) {
            return source(Map.of("quarkus.otel.sdk.disabled", "false", OWN, standard.getValue()));
        }
        return source(Map.of("quarkus.otel.sdk.disabled", Boolean.toString(!isSet(context.getValue(OWN)))));
    }

    private static boolean isSet(@Nullable ConfigValue value) {
        return value != null
                && value.getValue() != null
                && !value.getValue().isBlank()
                && value.getConfigSourceOrdinal() >= LOWEST_THAT_SOMEBODY_SET;
    }

    private static List<ConfigSource> source(Map<String, String> values) {
        return List.of(new PropertiesConfigSource(values, "homeroom-tracing", ORDINAL));
    }
}
