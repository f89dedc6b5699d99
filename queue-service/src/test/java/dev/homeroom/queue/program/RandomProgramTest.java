package dev.homeroom.queue.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random programs of many sessions at two replicas over a real database: sessions pause past their claims and come back, answers
 * are lost between all parts and asked for again, replicas end between grant and write, connections are cut in the middle of
 * statements, a stuck transaction keeps rows, events come late, twice and out of order. After each step every new transition must
 * be one the reference can take, every row where its history ends, and every answer true; in the end all is done, nothing twice.
 *
 * <p>More of them: {@code -Dhomeroom.queue.seeds=N}, from {@code -Dhomeroom.queue.seed=S} on.
 */
class RandomProgramTest {
    private static final int SEEDS = 4;

    static LongStream seeds() {
        long first = Long.getLong("homeroom.queue.seed", 1);
        return LongStream.range(first, first + Long.getLong("homeroom.queue.seeds", SEEDS));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("R-Q2, R-Q3: with every kind of trouble each task is done once and nothing is stuck")
    void troubledProgram(long seed) {
        try (var program = new Program(seed, true)) {
            program.run();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("R-Q2, R-Q3: without trouble the sweep repairs nothing")
    void healthyProgram(long seed) {
        try (var program = new Program(seed, false)) {
            program.run();
            assertThat(program.repairs()).isZero();
        }
    }
}
