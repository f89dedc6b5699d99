package dev.homeroom.queue.postgres;

import static dev.homeroom.queue.testing.QueueDatabase.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.queue.core.FinishOrder;
import dev.homeroom.queue.core.GrantedClaim;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.NewTask;
import dev.homeroom.queue.core.Outcome;
import dev.homeroom.queue.core.Owner;
import dev.homeroom.queue.core.TaskGrant;
import dev.homeroom.queue.core.TaskStatus;
import dev.homeroom.queue.core.TaskStore;
import dev.homeroom.queue.core.lesson.UnknownLessons;
import dev.homeroom.queue.testing.QueueDatabase;
import dev.homeroom.queue.testing.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What ended is counted exactly, without a scan of history and whatever was summed up meanwhile (R-Q7, R-Q10). */
class TallyTest {
    private final QueueDatabase database = new QueueDatabase();
    private final TaskStore store = database.store();
    private final Housekeeping housekeeping = new Housekeeping(database.database());
    private long token = 100;

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void countsAreTheSameBeforeAndAfterSummingUp() {
        var one = Tasks.ofLesson("a");
        var two = Tasks.ofLesson("a");
        var three = Tasks.task();
        join(store.enqueue(List.of(one, two, three)));
        finish(one, new Outcome.Complete(null));
        finish(three, new Outcome.Fail("broken", false));
        var before = join(store.counts()).byStatus();
        assertThat(before)
                .containsEntry(TaskStatus.COMPLETED, 1L)
                .containsEntry(TaskStatus.FAILED, 1L)
                .containsEntry(TaskStatus.PENDING, 1L);
        assertThat(join(housekeeping.sumUp())).isEqualTo(3);
        assertThat(join(housekeeping.sumUp())).isZero();
        assertThat(join(store.counts()).byStatus()).isEqualTo(before);
        finish(two, new Outcome.Complete(null));
        join(housekeeping.sumUp());
        assertThat(join(store.counts()).byStatus()).containsEntry(TaskStatus.COMPLETED, 2L);
        assertThat(database.sql("SELECT tasks FROM queue.total WHERE lesson = 'a' ORDER BY status"))
                .extracting(row -> row.getLong("tasks"))
                .containsExactly(2L, 2L);
        assertThat(database.sql("SELECT * FROM queue.tally")).isEmpty();
    }

    @Test
    void countsOutliveHistory() {
        var lessons = new PostgresLessonRegister(
                database.database(), new LessonGate(database.database(), UnknownLessons.CREATE));
        var done = Tasks.ofLesson("old");
        var open = Tasks.ofLesson("old");
        join(store.enqueue(List.of(done, open)));
        finish(done, new Outcome.Complete(null));
        var before = join(lessons.progress(List.of("old")));
        database.sql("DELETE FROM queue.transition WHERE task = '" + done.id() + "'");
        database.sql("DELETE FROM queue.task WHERE id = '" + done.id() + "'");
        join(housekeeping.sumUp());
        assertThat(join(lessons.progress(List.of("old")))).isEqualTo(before);
        assertThat(before.get("old")).extracting("done", "total", "unfinished").containsExactly(1L, 2L, 1L);
    }

    @Test
    void lessonThatWasDeletedUnderAnEnqueueIsThereAgain() {
        var task = Tasks.ofLesson("ghost");
        join(store.enqueue(List.of(task)));
        database.sql("DELETE FROM queue.lesson WHERE name = 'ghost'");
        join(housekeeping.sumUp());
        assertThat(database.sql("SELECT * FROM queue.lesson WHERE name = 'ghost'"))
                .hasSize(1);
        finish(task, new Outcome.Complete(null));
        database.sql("DELETE FROM queue.lesson WHERE name = 'ghost'");
        join(housekeeping.sumUp());
        assertThat(database.sql("SELECT * FROM queue.lesson WHERE name = 'ghost'"))
                .isEmpty();
    }

    private void finish(NewTask task, Outcome outcome) {
        var grant = new TaskGrant(task.id(), ++token, Instant.now().plusSeconds(60), Duration.ofMinutes(1));
        join(store.claim(List.of(new GrantedClaim(new Owner("s-1", 1), 0, grant))));
        var hold = new Hold(task.id(), "s-1", token);
        assertThat(join(store.finish(List.of(new FinishOrder(hold, outcome, 0.5))))
                        .getFirst())
                .isPresent();
    }
}
