package dev.homeroom.queue.postgres;

import static dev.homeroom.queue.testing.QueueDatabase.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.queue.testing.QueueDatabase;
import dev.homeroom.queue.testing.Tasks;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A plan is made once a connection, and may be made when nothing is claimed: then a look through all that is claimed seems to
 * cost nothing, and later does for every task.
 */
class PlansTest {
    private static final Pattern SCAN = Pattern.compile("Scan .*\\btask_state");

    private static QueueDatabase database;

    @BeforeAll
    static void start() {
        database = new QueueDatabase();
        var store = database.store();
        for (int i = 0; i < 20; i++) {
            join(store.enqueue(Stream.generate(Tasks::task).limit(200).toList()));
        }
        database.sql("VACUUM (ANALYZE) queue.task_state");
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    static Stream<Arguments> statements() {
        return Stream.of(
                Arguments.of("claim", ClaimStatement.CLAIM),
                Arguments.of("finish", FinishStatement.FINISH),
                Arguments.of("grants ended", GrantStatements.ENDED),
                Arguments.of("fence", GrantStatements.FENCE),
                Arguments.of("present", GrantStatements.PRESENT),
                Arguments.of("renewed", GrantStatements.RENEWED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("statements")
    @DisplayName("R-P4: rows are found by their ids, whatever the table was when the plan was made")
    void rowsAreFoundByTheirIds(String name, String sql) {
        var plan = database.sql("EXPLAIN (GENERIC_PLAN) " + sql).stream()
                .map(line -> line.getString(0))
                .toList();
        int scans = 0;
        for (int i = 0; i < plan.size(); i++) {
            if (SCAN.matcher(plan.get(i)).find()) {
                scans++;
                assertThat(plan.get(i)).as(name).contains("Index Scan using task_state_pkey");
                assertThat(plan.get(i + 1)).as(name).contains("Index Cond: (id = ");
            }
        }
        assertThat(scans).as(String.join("\n", plan)).isPositive();
    }
}
