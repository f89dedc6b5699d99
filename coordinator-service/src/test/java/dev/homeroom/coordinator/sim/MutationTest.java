package dev.homeroom.coordinator.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.homeroom.coordinator.core.Mutant;
import dev.homeroom.coordinator.core.Mutation;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulation is worth its name only if it finds what was broken on purpose. */
class MutationTest {
    private static final int SEEDS = 300;

    static Stream<Arguments> mutations() {
        return Stream.of(
                arguments(Mutation.DEADLINE_NOT_RECHECKED, NoEndBeforeTheDeadline.class),
                arguments(Mutation.LEASE_NOT_RECHECKED, NoEndBeforeTheDeadline.class),
                arguments(Mutation.TOKEN_REUSED, TokensStrictlyIncrease.class),
                arguments(Mutation.ANSWER_DROPPED, ASeqHasOneAnswer.class),
                arguments(Mutation.RETRY_EXECUTED_AGAIN, ASeqHasOneAnswer.class),
                arguments(Mutation.PERMIT_SHARED, TasksShareNoPermit.class),
                arguments(Mutation.NEW_LEADERS_TIME_ADDED, LeaderChangesExpireNobody.class),
                arguments(Mutation.TERM_NOT_CHECKED, StaleTermsExpireNothing.class),
                arguments(Mutation.LEDGER_NOT_IN_SNAPSHOT, SameLogSameState.class),
                arguments(Mutation.LEASE_OVER_GRANTED, NoGrantWithoutLiveLease.class),
                arguments(Mutation.LEASE_OVER_SERVED, NoGrantWithoutLiveLease.class),
                arguments(Mutation.WAITER_OVERTAKEN, FirstComeFirstServed.class),
                arguments(Mutation.QUEUE_PASSED, FirstComeFirstServed.class),
                arguments(Mutation.WAIT_NOT_ENDED, WaitsEndInTime.class),
                arguments(Mutation.WAITERS_NOT_IN_SNAPSHOT, SameLogSameState.class),
                arguments(Mutation.LOCK_DELAY_IGNORED, NoGrantInLockDelay.class),
                arguments(Mutation.READ_PAST_THE_LOG, ReadsAreLinearizable.class),
                arguments(Mutation.HELD_GRANTED, AtMostCapacityHolders.class));
    }

    @ParameterizedTest(name = "{0} breaks {1}")
    @MethodSource("mutations")
    @DisplayName("R-L1, R-L2, R-L5, R-S4, R-S5: a broken core is found")
    void aBrokenCoreIsFound(Mutation mutation, Class<? extends Invariant> invariant) {
        Set<String> broken = new TreeSet<>();
        for (long seed = 1; seed <= SEEDS && !broken.contains(invariant.getSimpleName()); seed++) {
            Found found = run(mutation, seed);
            if (found != null) {
                broken.add(found.invariant());
            }
        }
        assertThat(broken).contains(invariant.getSimpleName());
    }

    @Test
    @DisplayName("a core put together as the broken ones, but sound, is not")
    void aSoundCoreIsNot() {
        for (long seed = 1; seed <= 30; seed++) {
            assertThat(run(Mutation.NONE, seed)).isNull();
        }
    }

    private static @Nullable Found run(Mutation mutation, long seed) {
        return catchThrowableOfType(Found.class, () -> Simulation.run(seed, state -> new Mutant(mutation, state)));
    }
}
