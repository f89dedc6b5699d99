package dev.homeroom.dashboard.core;

import static dev.homeroom.dashboard.core.Ledger.at;
import static dev.homeroom.dashboard.core.Ledger.episode;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R-T1 Outcome of an intervention")
class OutcomeTest {
    private final Episode open = episode("e1", 1, EpisodeStatus.OPEN, Level.HIGH, 0);
    private final Episode over = episode("e1", 2, EpisodeStatus.CLOSED, Level.HIGH, 12);

    @Test
    @DisplayName("R-T1 improved, when what was there ended within a quarter of an hour")
    void improved() {
        assertThat(Outcome.of(at(5), List.of(over), at(13))).contains(Outcome.IMPROVED);
    }

    @Test
    @DisplayName("R-T1 unchanged, when it went on for longer")
    void unchanged() {
        assertThat(Outcome.of(at(5), List.of(open), at(21))).contains(Outcome.UNCHANGED);
    }

    @Test
    @DisplayName("R-T1 unknown, while it may still end in time, or when nothing was there")
    void unknown() {
        assertThat(Outcome.of(at(5), List.of(open), at(19))).isEmpty();
        assertThat(Outcome.of(at(5), List.of(), at(60))).isEmpty();
        assertThat(Outcome.of(at(15), List.of(over), at(60))).isEmpty();
    }
}
