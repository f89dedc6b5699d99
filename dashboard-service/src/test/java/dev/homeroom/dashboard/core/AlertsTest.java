package dev.homeroom.dashboard.core;

import static dev.homeroom.dashboard.core.EpisodeStatus.CLOSED;
import static dev.homeroom.dashboard.core.EpisodeStatus.OPEN;
import static dev.homeroom.dashboard.core.EpisodeStatus.RETRACTED;
import static dev.homeroom.dashboard.core.Ledger.episode;
import static dev.homeroom.dashboard.core.Level.HIGH;
import static dev.homeroom.dashboard.core.Level.LOW;
import static dev.homeroom.dashboard.core.Level.MEDIUM;
import static dev.homeroom.dashboard.core.Level.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R-T1 Alerts: what episodes and teachers do to them")
class AlertsTest {
    private final Ledger ledger = new Ledger();

    @Test
    @DisplayName("R-T1 an episode raises an alert, another one merges into it, a higher level shows")
    void raisesAndMerges() {
        assertThatKinds(ledger.observe(episode("e1", 1, OPEN, LOW, 0))).containsExactly(ChangeKind.RAISED);
        assertThatKinds(ledger.observe(episode("e2", 1, OPEN, HIGH, 1))).containsExactly(ChangeKind.MERGED);
        assertThat(ledger.alerts()).hasSize(1);
        assertThat(ledger.latest().face().level()).isEqualTo(HIGH);
        assertThat(ledger.latest().face().count()).isEqualTo(2);
    }

    @Test
    @DisplayName("R-T1 a known revision changes nothing")
    void ignoresDuplicates() {
        ledger.observe(episode("e1", 2, OPEN, LOW, 0));
        assertThat(ledger.observe(episode("e1", 2, OPEN, HIGH, 0))).isEmpty();
        assertThat(ledger.observe(episode("e1", 1, OPEN, HIGH, 0))).isEmpty();
    }

    @Test
    @DisplayName("R-T1 an episode below the threshold stays quiet until it rises")
    void threshold() {
        assertThat(ledger.observe(episode("e1", 1, OPEN, NONE, 0))).isEmpty();
        assertThatKinds(ledger.observe(episode("e1", 2, OPEN, LOW, 1))).containsExactly(ChangeKind.RAISED);
    }

    @Test
    @DisplayName("R-T1 the alert is resolved when the last episode is over, and reopened when trouble is soon back")
    void recovers() {
        ledger.observe(episode("e1", 1, OPEN, LOW, 0));
        ledger.observe(episode("e2", 1, OPEN, LOW, 0));
        assertThat(ledger.observe(episode("e1", 2, CLOSED, LOW, 1))).isEmpty();
        var over = ledger.observe(episode("e2", 2, CLOSED, LOW, 2));
        assertThatKinds(over).containsExactly(ChangeKind.RESOLVED);
        assertThat(over.getFirst().reason()).isEqualTo(Reason.RECOVERED);
        var again = ledger.observe(episode("e3", 1, OPEN, LOW, 5));
        assertThatKinds(again).containsExactly(ChangeKind.REOPENED);
        assertThat(ledger.alerts()).hasSize(1);
        assertThat(ledger.latest().face().count()).isEqualTo(3);
    }

    @Test
    @DisplayName("R-T1 after the cool-down the same trouble is a new alert")
    void cooldownEnds() {
        ledger.observe(episode("e1", 1, OPEN, LOW, 0));
        ledger.observe(episode("e1", 2, CLOSED, LOW, 1));
        assertThatKinds(ledger.observe(episode("e2", 1, OPEN, LOW, 11))).containsExactly(ChangeKind.RAISED);
        assertThat(ledger.alerts()).hasSize(2);
    }

    @Test
    @DisplayName("R-T1 what a teacher closed stays quiet within the cool-down, unless it is worse or something else")
    void teacherClosed() {
        ledger.observe(episode("e1", 1, OPEN, MEDIUM, 0));
        ledger.act(Command.Action.RESOLVE, 1);
        assertThat(ledger.observe(episode("e1", 2, OPEN, MEDIUM, 2))).isEmpty();
        assertThat(ledger.observe(episode("e2", 1, OPEN, MEDIUM, 2))).isEmpty();
        assertThatKinds(ledger.observe(episode("e3", 1, OPEN, LOW, 3, "struggle")))
                .containsExactly(ChangeKind.RAISED);
    }

    @Test
    @DisplayName("R-T1 a resolved alert reopens when its episode gets worse; a dismissed one does not")
    void worseAfterClosing() {
        ledger.observe(episode("e1", 1, OPEN, MEDIUM, 0));
        ledger.act(Command.Action.RESOLVE, 1);
        var worse = ledger.observe(episode("e1", 2, OPEN, HIGH, 2));
        assertThatKinds(worse).containsExactly(ChangeKind.REOPENED);
        assertThat(worse.getFirst().reason()).isEqualTo(Reason.WORSE);
        ledger.act(Command.Action.DISMISS, 3);
        assertThat(ledger.observe(episode("e1", 3, OPEN, Level.CRITICAL, 4))).isEmpty();
        assertThat(ledger.observe(episode("e2", 1, OPEN, Level.CRITICAL, 5))).isEmpty();
    }

    @Test
    @DisplayName("R-T1 an acknowledged alert speaks again only when it gets worse")
    void worseAfterAcknowledging() {
        ledger.observe(episode("e1", 1, OPEN, MEDIUM, 0));
        ledger.act(Command.Action.ACKNOWLEDGE, 1);
        assertThatKinds(ledger.observe(episode("e2", 1, OPEN, LOW, 2, "struggle")))
                .containsExactly(ChangeKind.MERGED);
        assertThat(ledger.latest().status()).isEqualTo(AlertStatus.ACKNOWLEDGED);
        assertThatKinds(ledger.observe(episode("e2", 2, OPEN, HIGH, 3))).containsExactly(ChangeKind.REOPENED);
    }

    @Test
    @DisplayName("R-T1 more of the same trouble at the same level is no news, but counts when there is some")
    void moreOfTheSame() {
        ledger.observe(episode("e1", 1, OPEN, MEDIUM, 0));
        assertThat(ledger.observe(episode("e2", 1, OPEN, MEDIUM, 1))).isEmpty();
        assertThat(ledger.observe(episode("e1", 2, CLOSED, MEDIUM, 2))).isEmpty();
        assertThat(ledger.observe(episode("e3", 1, OPEN, LOW, 3))).isEmpty();
        assertThatKinds(ledger.observe(episode("e4", 1, OPEN, HIGH, 4))).containsExactly(ChangeKind.MERGED);
        assertThat(ledger.latest().face().count()).isEqualTo(4);
    }

    @Test
    @DisplayName("R-T1 a snoozed alert stays quiet until its time, then asks again")
    void snooze() {
        ledger.observe(episode("e1", 1, OPEN, MEDIUM, 0));
        ledger.act(Command.Action.SNOOZE, 1, Ledger.at(6));
        ledger.observe(episode("e1", 2, OPEN, HIGH, 2));
        assertThat(ledger.latest().status()).isEqualTo(AlertStatus.SNOOZED);
        assertThat(ledger.wake(5)).isEmpty();
        assertThatKinds(ledger.wake(6)).containsExactly(ChangeKind.REOPENED);
        assertThat(ledger.wake(7)).isEmpty();
    }

    @Test
    @DisplayName("R-T1 a retracted episode takes its alert away")
    void retracted() {
        ledger.observe(episode("e1", 1, OPEN, MEDIUM, 0));
        var gone = ledger.observe(episode("e1", 2, RETRACTED, NONE, 1));
        assertThatKinds(gone).containsExactly(ChangeKind.RESOLVED);
        assertThat(gone.getFirst().reason()).isEqualTo(Reason.RETRACTED);
        assertThatKinds(ledger.observe(episode("e2", 1, OPEN, LOW, 2))).containsExactly(ChangeKind.RAISED);
    }

    @Test
    @DisplayName("R-T1 an action repeated changes nothing; one against the status is refused")
    void actions() {
        ledger.observe(episode("e1", 1, OPEN, MEDIUM, 0));
        assertThatKinds(ledger.act(Command.Action.ACKNOWLEDGE, 1)).containsExactly(ChangeKind.ACKNOWLEDGED);
        assertThat(ledger.act(Command.Action.ACKNOWLEDGE, 1)).isEmpty();
        assertThatKinds(ledger.act(Command.Action.RESOLVE, 2)).containsExactly(ChangeKind.RESOLVED);
        assertThat(ledger.latest().closedAt()).isEqualTo(Ledger.at(2));
        assertThat(ledger.act(Command.Action.RESOLVE, 3)).isEmpty();
        assertThat(ledger.decide(Command.Action.ACKNOWLEDGE, 4))
                .isEqualTo(new Decision.WrongStatus(AlertStatus.RESOLVED));
        assertThatKinds(ledger.act(Command.Action.DISMISS, 5)).containsExactly(ChangeKind.DISMISSED);
    }

    private static ListAssert<ChangeKind> assertThatKinds(List<Change> changes) {
        return assertThat(changes.stream().map(Change::kind).toList());
    }
}
