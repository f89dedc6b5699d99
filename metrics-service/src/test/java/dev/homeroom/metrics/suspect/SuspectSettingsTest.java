package dev.homeroom.metrics.suspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.metrics.core.detector.Catalogue;
import dev.homeroom.metrics.core.suspect.SuspectRules;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SuspectSettingsTest {
    /** What an app that does not work brings about, whoever uses it. */
    private static final Set<String> SYMPTOMS =
            Set.of("dead-clicks", "error-burst", "rage-clicks", "repeated-errors", "same-error");

    @Test
    @DisplayName("R-M4: by default each detector of the catalogue is a symptom of the app, or it does not count")
    void everyDetectorIsOneOrTheOther() {
        SuspectRules rules = new SmallRyeConfigBuilder()
                .withMapping(SuspectSettings.class)
                .withDefaultValue("homeroom.metrics.suspect.enabled", "true")
                .build()
                .getConfigMapping(SuspectSettings.class)
                .rules();
        Set<String> counting = new TreeSet<>();
        Set<String> known = new TreeSet<>();
        for (Catalogue.Entry entry : Catalogue.ALL) {
            String name = entry.standard().name();
            known.add(name);
            if (rules.counts(name)) {
                counting.add(name);
            }
        }

        assertThat(counting).isEqualTo(SYMPTOMS);
        assertThat(known).as("no name is misspelt").containsAll(rules.exempt());
    }
}
