package dev.homeroom.coordinator.desk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final Admission admission = new Admission(100);

    @Test
    void oneCallerAloneMayHaveAllOfTheRoom() {
        assertThat(enter("a", 150)).isEqualTo(100);
    }

    @Test
    void whoeverFloodsIsRefusedAndTheOthersGoOn() {
        enter("flood", 1_000);
        assertThat(enter("calm", 20)).isEqualTo(20);
        leave("flood", 60);
        assertThat(enter("flood", 1_000))
                .as("an equal share of what two callers have")
                .isEqualTo(10);
        assertThat(enter("calm", 30)).isEqualTo(30);
    }

    @Test
    void belowHalfOfTheRoomSharesDoNotMatter() {
        for (int i = 0; i < 10; i++) {
            assertThat(enter("calm-" + i, 1)).isEqualTo(1);
        }
        assertThat(enter("batch", 40)).isEqualTo(40);
    }

    @Test
    void whatHasLeftDoesNotCount() {
        enter("a", 100);
        leave("a", 100);
        assertThat(admission.inFlight()).isZero();
        assertThat(enter("a", 100)).isEqualTo(100);
    }

    @Test
    void theWorstCaseIsBounded() {
        int admitted = 0;
        for (int i = 0; i < 4; i++) {
            admitted += enter("flood-" + i, 1_000);
        }
        assertThat(admitted).isLessThanOrEqualTo(150 + 4 * Admission.FLOOR);
    }

    private int enter(String subject, int times) {
        int admitted = 0;
        for (int i = 0; i < times; i++) {
            if (admission.enter(subject)) {
                admitted++;
            }
        }
        return admitted;
    }

    private void leave(String subject, int times) {
        for (int i = 0; i < times; i++) {
            admission.leave(subject);
        }
    }
}
