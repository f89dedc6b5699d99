package dev.homeroom.queue.postgres;

import dev.homeroom.queue.core.Enqueued;
import dev.homeroom.queue.core.NewTask;
import dev.homeroom.queue.core.Rejection;
import dev.homeroom.queue.core.lesson.UnknownLessons;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Sees to it that the lessons of tasks exist before the tasks do. Names that were seen lately cost nothing; the others of a
 * set of tasks, one statement.
 */
@Singleton
public final class LessonGate {
    /** In the order of names, so that two of these cannot wait for each other. */
    private static final String CREATE =
            "INSERT INTO queue.lesson (name) SELECT i.name FROM unnest($1::text[]) AS i(name) ORDER BY 1"
                    + " ON CONFLICT DO NOTHING";

    private static final String EXISTING =
            "SELECT l.name FROM unnest($1::text[]) AS i(name) JOIN queue.lesson l ON l.name = i.name";

    private final Database database;
    private final UnknownLessons policy;
    private final RecentNames known = new RecentNames(System::nanoTime);

    /** To the tasks of this database. */
    public LessonGate(Database database, UnknownLessons policy) {
        this.database = database;
        this.policy = policy;
    }

    /** Stores the tasks that may be; the others are refused, each in its place. */
    CompletionStage<List<Enqueued>> pass(
            List<NewTask> tasks, Function<List<NewTask>, CompletionStage<List<Enqueued>>> store) {
        return missing(tasks).thenCompose(missing -> {
            if (missing.isEmpty()) {
                return store.apply(tasks);
            }
            var known = tasks.stream().filter(task -> !isOf(missing, task)).toList();
            return (known.isEmpty() ? CompletableFuture.completedStage(List.<Enqueued>of()) : store.apply(known))
                    .thenApply(stored -> inPlace(tasks, missing, stored.iterator()));
        });
    }

    private static boolean isOf(Set<String> lessons, NewTask task) {
        return task.lesson() != null && lessons.contains(task.lesson());
    }

    private static List<Enqueued> inPlace(List<NewTask> tasks, Set<String> missing, Iterator<Enqueued> stored) {
        var all = new ArrayList<Enqueued>(tasks.size());
        for (var task : tasks) {
            var lesson = task.lesson();
            all.add(
                    lesson != null && missing.contains(lesson)
                            ? new Enqueued.LessonUnknown(new Rejection.UnknownLesson(lesson))
                            : stored.next());
        }
        return all;
    }

    /** The lessons of these tasks that do not exist even now. */
    private CompletionStage<Set<String>> missing(List<NewTask> tasks) {
        var unknown = new HashSet<String>();
        for (var task : tasks) {
            if (task.lesson() != null && !known.contains(task.lesson())) {
                unknown.add(task.lesson());
            }
        }
        if (unknown.isEmpty()) {
            return CompletableFuture.completedStage(Set.of());
        }
        return switch (policy) {
            case CREATE -> create(unknown);
            case REFUSE -> refuse(unknown);
        };
    }

    /** Is looked at anew. */
    void forget(String lesson) {
        known.remove(lesson);
    }

    private CompletionStage<Set<String>> create(Collection<String> names) {
        return database.run(CREATE, one(names), _ -> {
            known.add(names);
            return Set.of();
        });
    }

    private CompletionStage<Set<String>> refuse(Set<String> names) {
        return database.run(EXISTING, one(names), rows -> {
            var existing = names(rows);
            known.add(existing);
            var missing = new HashSet<>(names);
            missing.removeAll(existing);
            return missing;
        });
    }

    private static Tuple one(Collection<String> names) {
        return Tuple.of((Object) names.toArray(String[]::new));
    }

    private static Set<String> names(RowSet<Row> rows) {
        var names = new HashSet<String>();
        for (var row : rows) {
            names.add(row.getString("name"));
        }
        return names;
    }
}
