package dev.homeroom.dashboard.core;

import static dev.homeroom.dashboard.core.EpisodeStatus.CLOSED;
import static dev.homeroom.dashboard.core.EpisodeStatus.OPEN;
import static dev.homeroom.dashboard.core.Ledger.episode;
import static dev.homeroom.dashboard.core.Ledger.rise;
import static dev.homeroom.dashboard.core.Level.CRITICAL;
import static dev.homeroom.dashboard.core.Level.HIGH;
import static dev.homeroom.dashboard.core.Level.LOW;
import static dev.homeroom.dashboard.core.Level.MEDIUM;
import static dev.homeroom.dashboard.core.Level.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R-T1 R-M3 Alerts follow the student's level")
class FollowingTest {
    private final Ledger ledger = new Ledger();

    @Test
    @DisplayName("R-T1 R-M3 an alert says the level of all open episodes, not that of the worst")
    void saysTheStudentsLevel() {
        assertThatKinds(ledger.observe(episode("e1", 1, OPEN, CRITICAL, 0), HIGH))
                .containsExactly(ChangeKind.RAISED);
        assertThat(ledger.latest().face().level()).isEqualTo(HIGH);
        assertThat(ledger.observe(episode("e2", 1, OPEN, CRITICAL, 1), HIGH)).isEmpty();
        assertThatKinds(ledger.observe(episode("e3", 1, OPEN, LOW, 2), CRITICAL))
                .containsExactly(ChangeKind.MERGED);
        assertThat(ledger.latest().face().level()).isEqualTo(CRITICAL);
    }

    @Test
    @DisplayName("R-T1 R-M3 trouble of a student without a level raises no alert until it has one")
    void quietWithoutLevel() {
        assertThat(ledger.observe(episode("e1", 1, OPEN, HIGH, 0), NONE)).isEmpty();
        assertThatKinds(ledger.observe(episode("e2", 1, OPEN, LOW, 1), LOW)).containsExactly(ChangeKind.RAISED);
    }

    @Test
    @DisplayName("R-T1 R-M3 what was over before it was told is no news")
    void overAtOnce() {
        assertThat(ledger.observe(episode("e1", 1, CLOSED, HIGH, 0), NONE)).isEmpty();
        assertThat(ledger.alerts()).isEmpty();
    }

    @Test
    @DisplayName("R-T1 R-M3 an alert falls with the level, says low at least, and in the end the last it said")
    void falls() {
        ledger.observe(episode("e1", 1, OPEN, HIGH, 0), HIGH);
        ledger.observe(episode("e2", 1, OPEN, LOW, 0, "struggle"), HIGH);
        assertThatKinds(ledger.observe(episode("e1", 2, CLOSED, HIGH, 1), NONE)).containsExactly(ChangeKind.MERGED);
        assertThat(ledger.latest().face().level()).isEqualTo(LOW);
        assertThatKinds(ledger.observe(episode("e3", 1, OPEN, MEDIUM, 1), MEDIUM))
                .containsExactly(ChangeKind.MERGED);
        assertThat(ledger.observe(episode("e2", 2, CLOSED, LOW, 2), MEDIUM)).isEmpty();
        assertThatKinds(ledger.observe(episode("e3", 2, CLOSED, MEDIUM, 2), NONE))
                .containsExactly(ChangeKind.RESOLVED);
        assertThat(ledger.latest().face().level()).isEqualTo(MEDIUM);
    }

    @Test
    @DisplayName("R-T1 R-M3 the level rises in time alone, step by step, and never twice")
    void risesInTime() {
        ledger.observe(episode("e1", 1, OPEN, MEDIUM, 0), MEDIUM, rise(5, HIGH), rise(10, CRITICAL));
        assertThat(ledger.rise(4)).isEmpty();
        assertThatKinds(ledger.rise(5)).containsExactly(ChangeKind.MERGED);
        assertThat(ledger.latest().face().level()).isEqualTo(HIGH);
        assertThat(ledger.rise(6)).isEmpty();
        var late = ledger.rise(30);
        assertThat(late).singleElement().satisfies(change -> {
            assertThat(change.alert().face().level()).isEqualTo(CRITICAL);
            assertThat(change.at()).isEqualTo(Ledger.at(10));
        });
    }

    @Test
    @DisplayName("R-T1 R-M3 what ends before it would have risen does not rise")
    void endsBefore() {
        ledger.observe(episode("e1", 1, OPEN, MEDIUM, 0), MEDIUM, rise(5, HIGH));
        ledger.observe(episode("e1", 2, CLOSED, MEDIUM, 4), NONE);
        assertThat(ledger.rise(6)).isEmpty();
    }

    @Test
    @DisplayName(
            "R-T1 R-M3 an acknowledged or settled alert speaks again when the level rises above what the teacher saw")
    void worseInTime() {
        ledger.observe(episode("e1", 1, OPEN, MEDIUM, 0), MEDIUM, rise(5, HIGH), rise(10, CRITICAL));
        ledger.act(Command.Action.ACKNOWLEDGE, 1);
        assertThatKinds(ledger.rise(5)).containsExactly(ChangeKind.REOPENED);
        assertThat(ledger.latest().status()).isEqualTo(AlertStatus.OPEN);
        ledger.act(Command.Action.RESOLVE, 6);
        var again = ledger.rise(10);
        assertThatKinds(again).containsExactly(ChangeKind.REOPENED);
        assertThat(again.getFirst().reason()).isEqualTo(Reason.WORSE);
        ledger.act(Command.Action.DISMISS, 11);
        assertThat(ledger.rise(60)).isEmpty();
    }

    @Test
    @DisplayName("R-T1 R-M3 an episode that was quiet is worth an alert once the level has risen")
    void quietUntilItRises() {
        ledger.observe(episode("e1", 1, OPEN, MEDIUM, 0), NONE, rise(10, LOW));
        assertThatKinds(ledger.rise(10)).containsExactly(ChangeKind.RAISED);
        assertThat(ledger.latest().raisedAt()).isEqualTo(Ledger.at(10));
        assertThat(ledger.latest().face().level()).isEqualTo(LOW);
    }

    @Test
    @DisplayName("R-T1 R-M3 where nobody tells how the student stands, the episodes' own levels speak")
    void olderProducer() {
        ledger.observe(episode("e1", 1, OPEN, MEDIUM, 0), LOW);
        assertThatKinds(ledger.observe(episode("e1", 2, OPEN, HIGH, 1))).containsExactly(ChangeKind.MERGED);
        assertThat(ledger.latest().face().level()).isEqualTo(HIGH);
    }

    private static ListAssert<ChangeKind> assertThatKinds(List<Change> changes) {
        return assertThat(changes.stream().map(Change::kind).toList());
    }
}
