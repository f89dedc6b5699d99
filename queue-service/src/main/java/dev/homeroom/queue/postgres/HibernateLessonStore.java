package dev.homeroom.queue.postgres;

import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Rejection;
import dev.homeroom.queue.core.lesson.Lesson;
import dev.homeroom.queue.core.lesson.LessonStore;
import dev.homeroom.queue.core.lesson.LessonWrite;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.OptimisticLockException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.hibernate.LockMode;
import org.hibernate.StaleStateException;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * {@link LessonStore} by Hibernate Reactive, on the pool that the queue's statements use too: a transaction has one of its
 * connections for a few statements, and the limits on time of the connection hold for it.
 */
@ApplicationScoped
public class HibernateLessonStore implements LessonStore {
    private static final String LIST = "from Lesson l where l.name > :after order by l.name";
    private static final String LIST_OBJECTIVE =
            "from Lesson l where l.objective = :objective and l.name > :after order by l.name";
    private static final String WEIGHED = "select count(*) from Lesson l where l.weight <> 1";

    /** Two that make the same lesson at once: the one that comes second looks again. Later ones wait for its row. */
    private static final int TRIES = 4;

    private final Mutiny.SessionFactory factory;
    private final Vertx vertx;
    private final Clock clock = Clock.systemUTC();

    /** With the sessions of this factory. */
    public HibernateLessonStore(Mutiny.SessionFactory factory, Vertx vertx) {
        this.factory = factory;
        this.vertx = vertx;
    }

    @Override
    public CompletionStage<Optional<Lesson>> find(String name) {
        return run(() -> factory.withSession(session -> session.find(LessonRow.class, name))
                .map(row -> Optional.ofNullable(row).map(LessonRow::lesson)));
    }

    @Override
    public CompletionStage<List<Lesson>> list(@Nullable String objective, @Nullable String after, int limit) {
        return run(() -> factory.withSession(session -> {
            var query = session.createSelectionQuery(objective == null ? LIST : LIST_OBJECTIVE, LessonRow.class)
                    .setParameter("after", after == null ? "" : after)
                    .setMaxResults(limit);
            return (objective == null ? query : query.setParameter("objective", objective))
                    .getResultList()
                    .map(rows -> rows.stream().map(LessonRow::lesson).toList());
        }));
    }

    @Override
    public CompletionStage<LessonWrite.Written> write(LessonWrite write) {
        return run(() -> factory.withTransaction(
                session -> session.find(LessonRow.class, write.name(), LockMode.PESSIMISTIC_WRITE)
                        .chain(row -> row == null ? insert(session, write) : update(session, row, write))));
    }

    @Override
    public CompletionStage<Boolean> delete(String name, @Nullable Integer version) {
        return run(() ->
                factory.withTransaction(session -> session.find(LessonRow.class, name, LockMode.PESSIMISTIC_WRITE)
                        .chain(row -> {
                            if (row == null) {
                                return Uni.createFrom().item(false);
                            }
                            checkVersion(name, row.version, version);
                            return session.remove(row).replaceWith(true);
                        })));
    }

    private Uni<LessonWrite.Written> insert(Mutiny.Session session, LessonWrite write) {
        checkVersion(write.name(), 0, write.version());
        var row = LessonRow.of(write.name(), write.content(), now());
        return roomFor(session, write)
                .chain(() -> session.persist(row))
                .chain(session::flush)
                .map(_ -> new LessonWrite.Written(row.lesson(), true));
    }

    private Uni<LessonWrite.Written> update(Mutiny.Session session, LessonRow row, LessonWrite write) {
        if (write.mode() == LessonWrite.Mode.CREATE && !row.content().equals(write.content())) {
            throw new QueueException(new Rejection.LessonExists(write.name(), row.version));
        }
        checkVersion(write.name(), row.version, write.version());
        boolean weighed = row.weight != 1;
        return (weighed ? Uni.createFrom().voidItem() : roomFor(session, write))
                .invoke(() -> row.set(write.content(), now()))
                .chain(session::flush)
                .map(_ -> new LessonWrite.Written(row.lesson(), false));
    }

    /** Every replica keeps all weights at hand, so there is a most of them. */
    private static Uni<Void> roomFor(Mutiny.Session session, LessonWrite write) {
        if (write.content().weight() == 1) {
            return Uni.createFrom().voidItem();
        }
        return session.createSelectionQuery(WEIGHED, Long.class)
                .getSingleResult()
                .invoke(weighed -> {
                    if (weighed >= PostgresLessonRegister.WEIGHTS) {
                        throw new QueueException(new Rejection.TooMany(
                                "lessons with another weight than 1", PostgresLessonRegister.WEIGHTS));
                    }
                })
                .replaceWithVoid();
    }

    private static void checkVersion(String name, int present, @Nullable Integer expected) {
        if (expected != null && expected != present) {
            throw new QueueException(new Rejection.LessonChanged(name, expected, present));
        }
    }

    /** As the API tells times. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private <T> CompletionStage<T> run(Supplier<Uni<T>> work) {
        return attempt(work, 1);
    }

    private <T> CompletionStage<T> attempt(Supplier<Uni<T>> work, int number) {
        return once(work)
                .handle((value, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.completedStage(value);
                    }
                    if (!wasOvertaken(failure)) {
                        return CompletableFuture.<T>failedStage(Database.inOurWords(root(failure)));
                    }
                    return number < TRIES
                            ? attempt(work, number + 1)
                            : CompletableFuture.<T>failedStage(
                                    new QueueException(new Rejection.Overloaded("changes of one lesson")));
                })
                .thenCompose(stage -> stage);
    }

    /** A session stays on the context it began on, which must be its own; the caller may be anywhere. */
    private <T> CompletionStage<T> once(Supplier<Uni<T>> work) {
        var answer = new CompletableFuture<T>();
        var context = Objects.requireNonNull(VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext()));
        VertxContextSafetyToggle.setContextSafe(context, true);
        context.runOnContext(_ -> Uni.createFrom()
                .<T>deferred(work::get)
                .subscribe()
                .with(answer::complete, answer::completeExceptionally));
        return answer.orTimeout(Database.ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    private static boolean wasOvertaken(Throwable failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof OptimisticLockException
                    || e instanceof StaleStateException
                    || e instanceof ConstraintViolationException) {
                return true;
            }
        }
        return false;
    }

    /** What Hibernate wraps: our own rejection, or what the connection said. */
    private static Throwable root(Throwable failure) {
        var root = failure;
        while (root.getCause() != null && !(root instanceof QueueException)) {
            root = root.getCause();
        }
        return root;
    }
}
