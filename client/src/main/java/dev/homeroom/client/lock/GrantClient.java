package dev.homeroom.client.lock;

import dev.homeroom.client.Checks;
import dev.homeroom.client.Connection;
import dev.homeroom.client.NoAnswerException;
import dev.homeroom.client.Page;
import dev.homeroom.client.ProblemException;
import dev.homeroom.client.Request;
import dev.homeroom.client.session.HeartbeatManager;
import dev.homeroom.client.time.Backoff;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Locks or claims of one session (requirements R-L1, R-L2, R-L4). Every request carries a {@code seq}; without an answer it is
 * sent again under the same one, so that it happens once. Calls block, within the connection's bounds plus the wait and the
 * backoff of the options, and throw {@link ProblemException} for a refusal (its {@code holder} names the owner) and {@link
 * NoAnswerException} when the outcome stays unknown. Thread-safe.
 */
public final class GrantClient {
    private static final int MOST_NAMES = 64;

    private final Connection connection;
    private final Grants grants;
    private final Kind kind;

    private GrantClient(Connection connection, HeartbeatManager session, Backoff noAnswer, Kind kind) {
        this.connection = connection;
        this.grants = new Grants(connection, session, noAnswer);
        this.kind = kind;
    }

    /** The locks of a session. */
    public static GrantClient locks(Connection connection, HeartbeatManager session) {
        return locks(connection, session, Backoff.NO_ANSWER);
    }

    /** The locks of a session, with other pauses between repeats of a request without an answer. */
    public static GrantClient locks(Connection connection, HeartbeatManager session, Backoff noAnswer) {
        return new GrantClient(connection, session, noAnswer, Kind.LOCK);
    }

    /** The claims of a session. Claims of tasks ({@code task/…}) are changed through the queue only. */
    public static GrantClient claims(Connection connection, HeartbeatManager session) {
        return claims(connection, session, Backoff.NO_ANSWER);
    }

    /** The claims of a session, with other pauses between repeats of a request without an answer. */
    public static GrantClient claims(Connection connection, HeartbeatManager session, Backoff noAnswer) {
        return new GrantClient(connection, session, noAnswer, Kind.CLAIM);
    }

    /** Acquires one. */
    public Held acquire(String name, AcquireOptions options) throws InterruptedException {
        Checks.name("name", name);
        return grants.acquire(new Grants.Target(kind, kind.path(name, "acquire"), null), options)
                .getFirst();
    }

    /**
     * Acquires several locks, all or none (requirement R-L7); in the order of the names.
     *
     * @throws IllegalStateException when these are claims, which the coordinator does not take together
     */
    public HeldAll acquireAll(List<String> names, AcquireOptions options) throws InterruptedException {
        if (kind != Kind.LOCK) {
            throw new IllegalStateException("Only locks can be acquired together; acquire claims one by one.");
        }
        Checks.range("number of names", names.size(), 1, MOST_NAMES);
        names.forEach(name -> Checks.name("name", name));
        return new HeldAll(
                grants.acquire(new Grants.Target(kind, kind.root() + "/acquire-all", List.copyOf(names)), options));
    }

    /** Who holds it, if anybody. */
    public ResourceState get(String name) throws InterruptedException {
        return connection.get(kind.path(name)).as(ResourceState.class);
    }

    /**
     * What is held, by name.
     *
     * @param after where the page before ended; null: from the start
     */
    public Page<GrantState> list(@Nullable String after, int limit) throws InterruptedException {
        String from = after == null ? "" : "&after=" + Request.encode(after);
        return connection.get(kind.root() + "?limit=" + limit + from).asPageOf(GrantState.class);
    }
}
