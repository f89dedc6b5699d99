package dev.homeroom.queue.postgres;

import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Rejection;
import dev.homeroom.queue.core.RowRefusedException;
import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Runs single statements, each its own transaction, and says in the queue's words what went wrong. */
@ApplicationScoped
public class Database {
    /** Above the statement timeout of the connections (5 s), so that it is the server that gives up first. */
    static final long ANSWER_SECONDS = 8;

    /** A deadlock or a serialization failure undoes the statement, so it is simply made again. */
    private static final int TRIES = 4;

    private final Pool pool;

    /** Uses the connections of this pool. */
    public Database(Pool pool) {
        this.pool = pool;
    }

    <T> CompletionStage<T> run(String sql, Tuple values, Function<RowSet<Row>, T> read) {
        return attempt(sql, values, 1)
                .map(read)
                .recover(failure -> Future.failedFuture(inOurWords(failure)))
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                .exceptionallyCompose(failure -> failure instanceof java.util.concurrent.TimeoutException
                        ? java.util.concurrent.CompletableFuture.failedFuture(timedOut(failure))
                        : java.util.concurrent.CompletableFuture.failedFuture(failure));
    }

    private Future<RowSet<Row>> attempt(String sql, Tuple values, int number) {
        return pool.preparedQuery(sql).execute(values).recover(failure -> {
            if (number < TRIES && isUndone(failure)) {
                return attempt(sql, values, number + 1);
            }
            return number < TRIES && lacksPartition(failure)
                    ? pool.preparedQuery(Partitions.AHEAD)
                            .execute(Tuple.of(Partitions.DAYS_AHEAD))
                            .compose(_ -> attempt(sql, values, number + 1))
                    : Future.failedFuture(failure);
        });
    }

    /** Its clock was moved by days, or nobody kept house: the history of today has no place yet. */
    private static boolean lacksPartition(Throwable failure) {
        return failure instanceof PgException e
                && "23514".equals(e.getSqlState())
                && String.valueOf(e.getErrorMessage()).startsWith("no partition");
    }

    private static boolean isUndone(Throwable failure) {
        return failure instanceof PgException e
                && e.getSqlState() != null
                && e.getSqlState().startsWith("40");
    }

    /** What the server says, what is known of a connection that was not made, and what is not known of one that broke. */
    static Throwable inOurWords(Throwable failure) {
        return switch (failure) {
            case PgException e when e.getSqlState() != null -> ofState(e, e.getSqlState());
            case ClosedConnectionException e -> timedOut(e);
            case java.util.concurrent.TimeoutException e -> timedOut(e);
            case QueueException e -> e;
            case ConnectException e -> unavailable(e);
            case VertxException e -> unavailable(e);
            case IOException e -> timedOut(e);
            // Vert.x fails requests to a connection that is just closing with words alone, without an exception class.
            case NoStackTraceThrowable e -> timedOut(e);
            default -> failure;
        };
    }

    private static RuntimeException ofState(PgException e, String state) {
        if (lacksPartition(e)) {
            return unavailable(e);
        }
        return switch (state.substring(0, 2)) {
            case "22", "23" -> RowRefusedException.notAllowed(String.valueOf(e.getErrorMessage()), e);
            case "55" -> state.equals("55P03") ? RowRefusedException.locked(e) : e;
            case "40", "53", "08" -> unavailable(e);
            case "57" -> state.equals("57014") ? timedOut(e) : unavailable(e);
            default -> e;
        };
    }

    private static QueueException unavailable(Throwable cause) {
        return new QueueException(new Rejection.Unavailable("the database"), cause);
    }

    private static QueueException timedOut(Throwable cause) {
        return new QueueException(new Rejection.TimedOut("the database"), cause);
    }
}
