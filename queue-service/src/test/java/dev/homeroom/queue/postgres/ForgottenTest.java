package dev.homeroom.queue.postgres;

import static dev.homeroom.queue.testing.QueueDatabase.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeroom.queue.core.NewTask;
import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Rejection;
import dev.homeroom.queue.testing.QueueDatabase;
import dev.homeroom.queue.testing.Tasks;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A finished task between two steps of housekeeping: its history is dropped, its row is not yet (R-Q1, R-Q12). */
class ForgottenTest {
    private final QueueDatabase database = new QueueDatabase();
    private final NewTask task = Tasks.keyed("forgotten", "{}");

    @BeforeEach
    void historyIsDropped() {
        join(database.store().enqueue(List.of(task)));
        database.sql("DELETE FROM queue.task_state");
        database.sql("DELETE FROM queue.transition");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void itIsNotThereAnyMore() {
        assertThat(join(database.store().find(task.id()))).isEmpty();
    }

    @Test
    void itsKeyIsFreeWithTheNextPurgeAndUntilThenTheClientShallTryAgain() {
        assertThatThrownBy(() -> join(database.store().enqueue(List.of(Tasks.keyed("forgotten", "{}")))))
                .hasRootCauseInstanceOf(QueueException.class)
                .rootCause()
                .satisfies(why ->
                        assertThat(((QueueException) why).rejection()).isInstanceOf(Rejection.Unavailable.class));
    }
}
