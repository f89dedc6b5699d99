package dev.homeroom.platform.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.homeroom.platform.problem.ProblemException;
import org.junit.jupiter.api.Test;

class LimitTest {
    @Test
    void keepsItsBounds() {
        assertThat(Limit.of(null)).isEqualTo(100);
        assertThat(Limit.of(1)).isEqualTo(1);
        assertThat(Limit.of(1000)).isEqualTo(1000);
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> Limit.of(0));
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> Limit.of(1001));
    }
}
