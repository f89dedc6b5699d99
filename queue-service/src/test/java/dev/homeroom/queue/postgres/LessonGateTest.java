package dev.homeroom.queue.postgres;

import static dev.homeroom.queue.testing.QueueDatabase.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.queue.core.Enqueued;
import dev.homeroom.queue.core.NewTask;
import dev.homeroom.queue.core.Rejection;
import dev.homeroom.queue.core.insight.Watch;
import dev.homeroom.queue.core.lesson.LessonProgress;
import dev.homeroom.queue.core.lesson.UnknownLessons;
import dev.homeroom.queue.testing.QueueDatabase;
import dev.homeroom.queue.testing.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The lesson of a task exists before the task does, at no cost for lessons that were seen lately (R-Q7). */
class LessonGateTest {
    private static final QueueDatabase DATABASE = new QueueDatabase();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void knownLessonsCostNoStatement() {
        var gate = new LessonGate(DATABASE.database(), UnknownLessons.CREATE);
        pass(gate, Tasks.ofLesson("often"));
        DATABASE.sql("DELETE FROM queue.lesson WHERE name = 'often'");
        pass(gate, Tasks.ofLesson("often"));
        assertThat(lessons("often")).isZero();
        gate.forget("often");
        pass(gate, Tasks.ofLesson("often"));
        assertThat(lessons("often")).isEqualTo(1);
    }

    @Test
    void tasksOfUnknownLessonsAreRefusedInTheirPlaces() {
        var gate = new LessonGate(DATABASE.database(), UnknownLessons.REFUSE);
        DATABASE.sql("INSERT INTO queue.lesson (name) VALUES ('there')");
        var results = pass(gate, Tasks.ofLesson("no"), Tasks.ofLesson("there"), Tasks.task(), Tasks.ofLesson("no"));
        assertThat(results.get(0)).isEqualTo(new Enqueued.LessonUnknown(new Rejection.UnknownLesson("no")));
        assertThat(results.get(1)).isInstanceOf(Enqueued.Accepted.class);
        assertThat(results.get(2)).isInstanceOf(Enqueued.Accepted.class);
        assertThat(results.get(3)).isInstanceOf(Enqueued.LessonUnknown.class);
        DATABASE.sql("INSERT INTO queue.lesson (name) VALUES ('no')");
        assertThat(pass(gate, Tasks.ofLesson("no")).getFirst()).isInstanceOf(Enqueued.Accepted.class);
    }

    @Test
    void groupsAddUpTheirLessons() {
        var gate = new LessonGate(DATABASE.database(), UnknownLessons.CREATE);
        var register = new PostgresLessonRegister(DATABASE.database(), gate);
        DATABASE.sql(
                "INSERT INTO queue.lesson (name, objective, weight) VALUES ('g1', 'o1', 2), ('g2', 'o1', 1), ('g3', 'o2', 1)");
        pass(gate, Tasks.ofLesson("g1"), Tasks.ofLesson("g2"));
        join(new Housekeeping(DATABASE.database()).sumUp());
        pass(gate, Tasks.ofLesson("g2"));
        var groups = join(register.objectives("", 10));
        assertThat(groups).extracting("objective").containsExactly("o1", "o2");
        assertThat(groups).extracting("lessons").containsExactly(2L, 1L);
        assertThat(groups.getFirst().progress().total()).isEqualTo(3);
        assertThat(groups.getLast().progress()).isEqualTo(LessonProgress.NONE);
        assertThat(join(register.objectives(null, 1)).getFirst().objective()).isNull();
        assertThat(join(register.weights())).isEqualTo(Map.of("g1", 2.0));
    }

    @Test
    void namesAreForgottenInTwoGenerations() {
        var now = new AtomicLong();
        var names = new RecentNames(now::get);
        long generation = Duration.ofSeconds(RecentNames.SECONDS).toNanos();
        names.add(List.of("a"));
        now.addAndGet(generation);
        names.add(List.of("b"));
        assertThat(names.contains("a")).isTrue();
        now.addAndGet(generation);
        assertThat(names.contains("a")).isFalse();
        assertThat(names.contains("b")).isTrue();
        now.addAndGet(2 * generation);
        assertThat(names.contains("b")).isFalse();
        for (int i = 0; i < 3 * RecentNames.MOST; i++) {
            names.add(List.of("n" + i));
        }
        assertThat(names.contains("n0")).isFalse();
        assertThat(names.contains("n" + (3 * RecentNames.MOST - 1))).isTrue();
    }

    private static List<Enqueued> pass(LessonGate gate, NewTask... tasks) {
        return join(gate.pass(List.of(tasks), new EnqueueStatement(DATABASE.database(), Watch.NONE)::run));
    }

    private static int lessons(String name) {
        return DATABASE.sql("SELECT FROM queue.lesson WHERE name = '" + name + "'")
                .size();
    }
}
