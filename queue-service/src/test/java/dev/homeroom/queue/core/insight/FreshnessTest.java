package dev.homeroom.queue.core.insight;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The colours and ages of R-Q8, at their edges. */
class FreshnessTest {
    @ParameterizedTest
    @CsvSource({"PT0S,green", "PT59.999S,green", "PT60S,yellow", "PT179.999S,yellow", "PT180S,red", "PT5H,red"})
    void colourChangesAtSixtyAndAtOneHundredAndEightySeconds(Duration age, String colour) {
        assertThat(Freshness.of(age).word()).isEqualTo(colour);
    }

    @ParameterizedTest
    @CsvSource({"PT-1S,0s", "PT0S,0s", "PT119S,119s", "PT120S,2m", "PT119M,119m", "PT2H,2h", "PT47H,47h", "PT48H,2d"})
    void agesAreSaidInTheUnitThatPeopleWouldUse(Duration age, String words) {
        assertThat(Ages.span(age)).isEqualTo(words);
        assertThat(Ages.ago(age)).isEqualTo(words + " ago");
    }
}
