package dev.homeroom.queue.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.queue.model.Exploration.Scope;
import dev.homeroom.queue.model.Exploration.Violation;
import dev.homeroom.queue.model.Fact.Deadline;
import dev.homeroom.queue.model.Fact.Input;
import dev.homeroom.queue.model.Fact.Row;
import dev.homeroom.queue.model.Mutation.Flaw;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The protocol between rows and grants is gone through completely: every order, loss, delay and repetition of its messages, for one
 * task, two sessions and three grants. Sound, it breaks no invariant; with any one of its conditions missing it does.
 */
class ProtocolModelTest {
    private static final Logger LOG = Logger.getLogger(ProtocolModelTest.class);

    /** Conditions that change nothing when they are dropped; each has a test of its own that shows why. */
    private static final Set<Mutation> IMPLIED = Set.of(
            Mutation.always(Atom.CLAIM_PENDING),
            Mutation.always(Atom.FINISH_CLAIMED),
            Mutation.always(Atom.KEPT_PRESENT));

    @ParameterizedTest(name = "{0}")
    @EnumSource(Scope.class)
    @DisplayName("R-Q2, R-Q3: no order of events breaks the protocol or leaves a task stuck")
    void theProtocolIsSound(Scope scope) {
        var result = Exploration.of(Mutation.NONE, scope);
        LOG.infof("%s: %d worlds, %d steps", scope, result.worlds(), result.steps());
        assertThat(result.violation()).isNull();
        assertThat(result.worlds()).isGreaterThan(50_000);
    }

    static Stream<Mutation> conditions() {
        return Arrays.stream(Atom.values())
                .flatMap(atom -> Stream.of(Mutation.always(atom), Mutation.never(atom)))
                .filter(mutation -> !IMPLIED.contains(mutation));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("conditions")
    @DisplayName("R-Q2, R-Q3: each condition of the guards is needed")
    void eachConditionIsNeeded(Mutation mutation) {
        assertFound(mutation);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Flaw.class)
    @DisplayName("R-Q2, R-Q3: each step of the sweep is needed, in its order, and so is the floor of tokens")
    void eachStepIsNeeded(Flaw flaw) {
        assertFound(Mutation.of(flaw));
    }

    @Test
    @DisplayName("R-Q2: a row is claimed or pending; that it is pending only says which rows wait for their run-at")
    void aRowIsClaimedOrPending() {
        assertEquivalent(Guard.CLAIM, Mutation.always(Atom.CLAIM_PENDING));
    }

    @Test
    @DisplayName("R-Q3: only a claimed row has a session, so either of two conditions keeps a finish off a pending one")
    void eitherOfTwoConditionsKeepsAFinishOff() {
        assertEquivalent(Guard.FINISH, Mutation.always(Atom.FINISH_CLAIMED));
        assertFound(Mutation.always(Atom.FINISH_CLAIMED, Atom.FINISH_OWN));
    }

    @Test
    @DisplayName("R-Q2: a stray grant below the claim of its row would only stay until the next sweep")
    void aStrayGrantBelowAClaimWouldOnlyStayLonger() {
        for (var scope : Scope.values()) {
            assertThat(Exploration.of(Mutation.always(Atom.KEPT_PRESENT), scope).violation())
                    .isNull();
        }
    }

    /** Over all rows that the table's constraints allow: a session, and a token, when claimed. */
    private static void assertEquivalent(Guard guard, Mutation mutation) {
        for (int token = 0; token <= 3; token++) {
            for (var session : Arrays.asList(null, "a", "b")) {
                for (var due : List.of(false, true)) {
                    for (var deadline : Deadline.values()) {
                        var row = new Row(token, session != null, session, due, deadline);
                        for (int given = 1; given <= 3; given++) {
                            var input = new Input(given, "a");
                            assertThat(guard.holds(row, input, mutation))
                                    .as("%s, %s", row, input)
                                    .isEqualTo(guard.holds(row, input, Mutation.NONE));
                        }
                    }
                }
            }
        }
    }

    private static void assertFound(Mutation mutation) {
        var found = List.of(Scope.values()).stream()
                .map(scope -> Exploration.of(mutation, scope).violation())
                .filter(Objects::nonNull)
                .findFirst();
        assertThat(found).as("with %s", mutation).isPresent();
        LOG.infof("With %s: %s", mutation, found.map(Violation::toString).orElse(""));
    }
}
