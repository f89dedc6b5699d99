package dev.homeroom.queue.postgres;

import static dev.homeroom.queue.testing.QueueDatabase.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeroom.queue.core.FinishOrder;
import dev.homeroom.queue.core.GrantedClaim;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.Outcome;
import dev.homeroom.queue.core.Owner;
import dev.homeroom.queue.core.TaskGrant;
import dev.homeroom.queue.testing.QueueDatabase;
import dev.homeroom.queue.testing.Tasks;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The relay's order, (xid, position), is each task's own (R-Q12). */
class TransitionOrderTest {
    private static final Owner A = new Owner("a", 1);
    private static final Owner B = new Owner("b", 1);

    @Test
    @DisplayName("R-Q12: a step that an older transaction makes later is told later")
    void whatHappensLaterIsToldLater() throws SQLException {
        try (var database = new QueueDatabase();
                var holder = database.connect()) {
            var store = database.store();
            var task = Tasks.task();
            var first = Tasks.task();
            join(store.enqueue(List.of(first)));
            join(store.enqueue(List.of(task)));
            join(store.claim(List.of(grant(A, task.id(), 5))));

            holder.setAutoCommit(false);
            lock(holder, first.id());
            // Has its transaction's id, and waits for the first of its rows.
            var older = store.claim(List.of(grant(B, first.id(), 6), grant(B, task.id(), 7)));
            await().until(() -> !database.sql("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                            + " AND datname = current_database()")
                    .isEmpty());
            var released = new FinishOrder(new Hold(task.id(), "a", 5), new Outcome.Release(), 0);
            assertThat(join(store.finish(List.of(released))).getFirst()).isPresent();
            holder.rollback();
            join(older);

            var order = database.sql("SELECT version, cause FROM queue.transition WHERE task = '" + task.id()
                    + "' ORDER BY xid, position");
            assertThat(order)
                    .extracting(row -> row.getInteger("version") + " " + row.getString("cause"))
                    .containsExactly("1 enqueued", "2 claimed", "3 released", "4 claimed");
        }
    }

    private static void lock(Connection connection, UUID task) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT 1 FROM queue.task_state WHERE id = ? FOR UPDATE")) {
            statement.setObject(1, task);
            statement.execute();
        }
    }

    private static GrantedClaim grant(Owner owner, UUID task, long token) {
        return new GrantedClaim(
                owner, 0, new TaskGrant(task, token, Instant.now().plusSeconds(60), Duration.ofMinutes(1)));
    }
}
