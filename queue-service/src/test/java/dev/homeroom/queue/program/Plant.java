package dev.homeroom.queue.program;

import static dev.homeroom.queue.testing.QueueDatabase.join;

import dev.homeroom.queue.Parts;
import dev.homeroom.queue.coalesce.Splitting;
import dev.homeroom.queue.core.GrantEnd;
import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.TaskStore;
import dev.homeroom.queue.repair.GrantEnds;
import dev.homeroom.queue.testing.CrashingStore;
import dev.homeroom.queue.testing.InMemoryAuthority;
import dev.homeroom.queue.testing.QueueDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Two replicas of the queue on one database and one coordinator, and all that can befall them. */
final class Plant implements AutoCloseable {
    private static final Duration UNDER_WAY = Duration.ofSeconds(5);
    /** A statement that waits for a row for so long is given up by the server. */
    private static final Duration STATEMENT_LIMIT = Duration.ofMillis(400);

    private final QueueDatabase database = new QueueDatabase();
    private final InMemoryAuthority authority = new InMemoryAuthority();
    private final Random random;
    private final boolean troubled;
    private final List<TaskStore> stores;
    private final Parts[] replicas = new Parts[2];
    private final List<GrantEnd> undelivered = new ArrayList<>();
    private long repairs;

    Plant(Random random, boolean troubled) {
        this.random = random;
        this.troubled = troubled;
        var limit = troubled ? STATEMENT_LIMIT : QueueDatabase.STATEMENT_LIMIT;
        stores = List.of(database.replica(limit), database.replica(limit));
        begin(0);
        begin(1);
        if (troubled) {
            authority.losingAnswers(() -> random.nextInt(10) == 0);
        }
    }

    InMemoryAuthority authority() {
        return authority;
    }

    QueueDatabase database() {
        return database;
    }

    /** One of the replicas. */
    Parts any() {
        return replicas[random.nextInt(replicas.length)];
    }

    /** A replica ends in the middle of whatever it does, and a new one takes its place. */
    void crash() {
        begin(random.nextInt(replicas.length));
    }

    private void begin(int number) {
        if (replicas[number] != null) {
            repairs += replicas[number].repairs().total();
        }
        var store = stores.get(number);
        replicas[number] = Parts.of(troubled ? losing(store) : store, authority, UNDER_WAY, Duration.ZERO);
    }

    private TaskStore losing(TaskStore store) {
        return CrashingStore.of(store, _ -> random.nextInt(25) == 0, _ -> random.nextInt(25) == 0);
    }

    /** The coordinator's events arrive; troubled: late, out of order, some twice, and some never. */
    void deliver() {
        undelivered.addAll(authority.takeEnds());
        if (!troubled) {
            join(ends().apply(List.copyOf(undelivered)));
            undelivered.clear();
            return;
        }
        Collections.shuffle(undelivered, random);
        int some = undelivered.isEmpty() ? 0 : random.nextInt(undelivered.size() + 1);
        attempt(ends().apply(List.copyOf(undelivered.subList(0, some))));
        if (random.nextBoolean()) {
            undelivered.subList(0, some).clear();
        }
    }

    private GrantEnds ends() {
        int replica = random.nextInt(replicas.length);
        return new GrantEnds(stores.get(replica), replicas[replica].sweep(), replicas[replica].bell());
    }

    /** Every connection of the replicas is cut, with whatever runs on it. */
    void cutConnections() {
        database.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND application_name = '" + QueueDatabase.REPLICA + "'");
    }

    /** Somebody's transaction keeps a row while this is done. */
    void whileStuck(UUID task, Runnable deeds) {
        try (var stuck = database.connect()) {
            stuck.setAutoCommit(false);
            try (var lock = stuck.prepareStatement("SELECT FROM queue.task_state WHERE id = ? FOR UPDATE")) {
                lock.setObject(1, task);
                lock.execute();
            }
            deeds.run();
            stuck.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void sweep() {
        if (!troubled) {
            settle();
            deliver();
        }
        attempt(any().sweep().run());
    }

    /** Until the coordinator has heard of every finish. */
    void settle() {
        for (var replica : replicas) {
            org.awaitility.Awaitility.await().until(() -> replica.releases().waiting() == 0);
        }
    }

    /** All trouble is over; retries and snoozes are due. Gives a sound replica. */
    Parts calm() {
        authority.losingAnswers(() -> false);
        settle();
        authority.pass(Duration.ofHours(2));
        database.sql("UPDATE queue.task_state SET run_at = now() WHERE run_at > now()");
        return Parts.of(database.store(), authority, UNDER_WAY, Duration.ZERO);
    }

    /** What all sweeps repaired. */
    long repairs() {
        return repairs + replicas[0].repairs().total() + replicas[1].repairs().total();
    }

    /** The answer, or null when it is refused or lost, as a session would see it. */
    static <T> @Nullable T attempt(CompletionStage<T> stage) {
        try {
            return join(stage);
        } catch (CompletionException e) {
            if (Splitting.unwrapped(e) instanceof QueueException) {
                return null;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
