package dev.homeroom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.metrics.core.FoldRules;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StandardRulesTest {
    @Test
    @DisplayName("R-M6: the scorecard measures the rules that the service has without any setting")
    void same() {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(FoldSettings.class)
                .withMapping(FrustrationSettings.class)
                .build();
        FoldRules shipped = new FoldBeans()
                .rules(config.getConfigMapping(FoldSettings.class), config.getConfigMapping(FrustrationSettings.class))
                .rules();
        assertThat(FoldRules.standard()).isEqualTo(shipped);
    }
}
