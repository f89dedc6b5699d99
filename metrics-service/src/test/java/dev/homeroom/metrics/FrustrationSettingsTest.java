package dev.homeroom.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeroom.metrics.core.Fold;
import dev.homeroom.metrics.core.TunedRules;
import dev.homeroom.metrics.core.Tuning;
import dev.homeroom.metrics.core.detector.Detector;
import dev.homeroom.metrics.core.detector.RageClicks;
import dev.homeroom.metrics.core.detector.Thresholds;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FrustrationSettingsTest {
    private static final String PREFIX = "homeroom.metrics.frustration.";

    private static TunedRules.Basis rules(Map<String, String> settings) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .withMapping(FrustrationSettings.class)
                .withMapping(FoldSettings.class);
        settings.forEach((name, value) -> builder.withDefaultValue(PREFIX + name, value));
        SmallRyeConfig config = builder.build();
        return new FoldBeans()
                .rules(config.getConfigMapping(FoldSettings.class), config.getConfigMapping(FrustrationSettings.class));
    }

    @Test
    @DisplayName("R-M3: without settings the detectors of the catalogue run by the thresholds of their sources")
    void standard() {
        assertThat(rules(Map.of()).rules())
                .isEqualTo(Tuning.applied(rules(Map.of()).rules(), List.of()))
                .satisfies(rules -> assertThat(rules.detectors()).contains(RageClicks.STANDARD));
    }

    @Test
    @DisplayName("R-M3: settings name a detector and its threshold, or switch it")
    void thresholds() {
        TunedRules.Basis basis = rules(Map.of(
                "threshold", "0.6",
                "detectors.rage-clicks.clicks", "4",
                "detectors.idle.enabled", "false",
                "detectors.back-and-forth.enabled", "true"));

        assertThat(basis.rules().threshold()).isEqualTo(0.6);
        assertThat(Thresholds.of(Objects.requireNonNull(detector(basis, "rage-clicks"))))
                .containsEntry("clicks", "4")
                .containsEntry("pixels", "30");
        assertThat(detector(basis, "idle")).isNull();
        assertThat(detector(basis, "back-and-forth")).isNotNull();
        assertThat(basis.settings().detectors()).hasSize(3);
    }

    private static @Nullable Detector<?> detector(TunedRules.Basis basis, String name) {
        return new Fold(basis.rules()).detector(name);
    }

    @Test
    @DisplayName("R-O6: detection can be switched off")
    void off() {
        assertThat(rules(Map.of("enabled", "false")).rules().detectors()).isEmpty();
    }

    @Test
    @DisplayName("R-M3: a misspelt setting stops the start and says why")
    void misspelt() {
        assertThatThrownBy(() -> rules(Map.of("detectors.rage-clicks.click", "4")))
                .hasMessageContaining("detectors.rage-clicks.click: is no threshold");
        assertThatThrownBy(() -> rules(Map.of("detectors.rage.clicks", "4")))
                .hasMessageContaining("detectors.rage: is unknown");
    }
}
