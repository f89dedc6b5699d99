package dev.homeroom.coordinator.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.homeroom.coordinator.core.Mutant;
import dev.homeroom.coordinator.core.Mutation;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jspecify.annotations.Nullable;

/** The simulation is worth its name only if it finds what was broken on purpose. */
class MutationTest {
    private static final int SEEDS = 100;

    static Stream<Arguments> mutations() {
        return Stream.of(
                arguments(Mutation.DEADLINE_NOT_RECHECKED, "NoEndBeforeTheDeadline"));
    }

    @ParameterizedTest(name = "{0} breaks {1}")
    @MethodSource("mutations")
    @DisplayName("R-L1, R-L2, R-L5, R-S4, R-S5: a broken core is found")
    void aBrokenCoreIsFound(Mutation mutation, String invariant) {
        assertThat(firstFound(mutation)).isNotNull().extracting(Found::invariant).isEqualTo(invariant);
    }

    @ParameterizedTest
    @DisplayName("an unbroken core is not")
    @org.junit.jupiter.params.provider.EnumSource(names = "NONE")
    void anUnbrokenCoreIsNot(Mutation none) {
        assertThat(firstFound(none)).isNull();
    }

    private static @Nullable Found firstFound(Mutation mutation) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            long each = seed;
            Found found = catchThrowableOfType(
                    Found.class, () -> Simulation.run(each, state -> new Mutant(mutation, state)));
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
