package dev.homeroom.queue.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.queue.model.Atom;
import dev.homeroom.queue.model.Fact.Deadline;
import dev.homeroom.queue.model.Fact.Input;
import dev.homeroom.queue.model.Fact.Row;
import dev.homeroom.queue.model.Guard;
import dev.homeroom.queue.model.Mutation;
import dev.homeroom.queue.testing.QueueDatabase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The model of the protocol has the very conditions of the statements: both are evaluated over every combination of values, the
 * statements' by PostgreSQL. A condition on something that the model does not know fails here, too.
 */
class GuardAtomsTest {
    private record Case(Row row, Input input) {
        String sql(int number) {
            var run = row.due() ? "now() - interval '1 hour'" : "now() + interval '1 hour'";
            var deadline = switch (row.deadline()) {
                case NONE -> "NULL";
                case AHEAD -> "now() + interval '1 hour'";
                case OVER -> "now() - interval '1 hour'";
            };
            return "(%d, %d, '%s', %s, %s, CAST(%s AS timestamptz), %d, %s)"
                    .formatted(
                            number,
                            row.token(),
                            row.claimed() ? "claimed" : "pending",
                            text(row.session()),
                            run,
                            deadline,
                            input.token(),
                            text(input.session()));
        }

        private static String text(@Nullable String value) {
            return value == null ? "NULL::text" : "'" + value + "'";
        }
    }

    private static final List<Case> CASES = cases();

    private static QueueDatabase database;

    @BeforeAll
    static void start() {
        database = new QueueDatabase();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    static Stream<Arguments> guards() {
        return Stream.of(
                Arguments.of("CLAIM", Guards.CLAIM, Guard.CLAIM),
                Arguments.of("FINISH", Guards.FINISH, Guard.FINISH),
                Arguments.of("GRANT_ENDED", Guards.GRANT_ENDED, Guard.GRANT_ENDED),
                Arguments.of("FENCE", Guards.FENCE, Guard.FENCE),
                Arguments.of("KEPT", Guards.KEPT, Guard.KEPT));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("guards")
    @DisplayName("R-Q2, R-Q3: a guard of the statements is that of the model")
    void aGuardIsThatOfTheModel(String name, String sql, Guard guard) {
        assertThat(name).isNotEmpty();
        assertSame(sql, (row, input) -> guard.holds(row, input, Mutation.NONE));
    }

    @ParameterizedTest
    @EnumSource(Atom.class)
    @DisplayName("R-Q2, R-Q3: each condition means in SQL what it means in the model")
    void aConditionIsThatOfTheModel(Atom atom) {
        assertSame(atom.sql(), atom::holds);
    }

    private static void assertSame(String sql, BiPredicate<Row, Input> model) {
        var values = new ArrayList<String>();
        for (int n = 0; n < CASES.size(); n++) {
            values.add(CASES.get(n).sql(n));
        }
        var rows = database.sql("SELECT v.n FROM (VALUES " + String.join(", ", values)
                + ") AS v(n, token, state, session, run_at, deadline, given, by)"
                + " CROSS JOIN LATERAL (SELECT v.token, v.state, v.session, v.run_at, v.deadline) AS s"
                + " CROSS JOIN LATERAL (SELECT v.given AS token, v.by AS session) AS i WHERE " + sql);
        var held = rows.stream().map(row -> CASES.get(row.getInteger("n"))).toList();
        var expected =
                CASES.stream().filter(one -> model.test(one.row(), one.input())).toList();
        assertThat(held).as(sql).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(held.size()).isBetween(1, CASES.size() - 1);
    }

    /** Also rows that the table's constraints forbid. */
    private static List<Case> cases() {
        var cases = new ArrayList<Case>();
        for (int token = 0; token <= 3; token++) {
            for (var claimed : List.of(false, true)) {
                for (var session : Arrays.asList(null, "a", "b")) {
                    for (var due : List.of(false, true)) {
                        for (var deadline : Deadline.values()) {
                            var row = new Row(token, claimed, session, due, deadline);
                            inputs().forEach(input -> cases.add(new Case(row, input)));
                        }
                    }
                }
            }
        }
        return cases;
    }

    private static Stream<Input> inputs() {
        return Stream.of(1, 2, 3).flatMap(token -> Stream.of(new Input(token, "a"), new Input(token, "b")));
    }
}
