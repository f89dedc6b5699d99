package dev.homeroom.queue.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R-Q2: rounds of claims do not want the same tasks")
class UnderwayTest {
    private static final UUID TASK = new UUID(1, 1);

    private final Underway underway = new Underway();

    @Test
    void whatOneWantsIsTakenForTheOthersUntilItEnds() {
        var first = underway.begin();
        first.take(TASK);
        assertThat(underway.begin().isTaken(TASK)).isTrue();
        first.end();
        assertThat(underway.begin().isTaken(TASK)).isFalse();
    }

    @Test
    void whatWasClaimedWhileARoundReadIsTakenForThatRoundAlone() {
        var first = underway.begin();
        first.take(TASK);
        var reading = underway.begin();
        first.end();
        var later = underway.begin();
        assertThat(reading.isTaken(TASK)).isTrue();
        assertThat(later.isTaken(TASK)).isFalse();
        assertThat(underway.size()).isOne();
        reading.end();
        assertThat(underway.size()).isZero();
    }

    @Test
    void whatAnotherRoundWantsStaysThatOnes() {
        var first = underway.begin();
        first.take(TASK);
        var second = underway.begin();
        second.take(TASK);
        second.end();
        assertThat(underway.begin().isTaken(TASK)).isTrue();
        first.end();
        assertThat(underway.begin().isTaken(TASK)).isFalse();
    }
}
