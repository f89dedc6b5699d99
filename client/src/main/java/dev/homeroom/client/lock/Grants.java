package dev.homeroom.client.lock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.client.Connection;
import dev.homeroom.client.NoAnswerException;
import dev.homeroom.client.ProblemException;
import dev.homeroom.client.Repeat;
import dev.homeroom.client.Reply;
import dev.homeroom.client.Request;
import dev.homeroom.client.session.HeartbeatManager;
import dev.homeroom.client.session.Sequencer;
import dev.homeroom.client.time.Backoff;
import dev.homeroom.client.time.Time;
import dev.homeroom.contracts.problem.ProblemType;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What locks, claims and limits have in common: numbered requests, sent again under their number while it is unknown what
 * became of them, and the handles on what was granted.
 */
final class Grants {
    /** How to acquire: the path, and the names when it is not the path that has the name. */
    record Target(Kind kind, String path, @Nullable List<String> names) {}

    private record Several(@Nullable List<GrantState> grants) {}

    private final Connection connection;
    private final HeartbeatManager session;
    private final Repeat repeat;
    private final Abandoned abandoned;
    private final Holdings holdings = new Holdings();

    Grants(Connection connection, HeartbeatManager session, Backoff noAnswer) {
        this.connection = connection;
        this.session = session;
        this.repeat = new Repeat(connection.time(), noAnswer, session.lost());
        this.abandoned = new Abandoned(this, noAnswer);
        session.listen(holdings);
    }

    Time time() {
        return connection.time();
    }

    Connection connection() {
        return connection;
    }

    long leaseDeadlineNanos() {
        return session.leaseDeadlineNanos();
    }

    boolean isSessionLost() {
        return session.lost().getCount() == 0;
    }

    /** Acquires, with the pauses of the options' backoff while it is held and the options say so. */
    List<Held> acquire(Target target, AcquireOptions options) throws InterruptedException {
        for (int retry = 1; ; retry++) {
            try {
                return acquireOnce(target, options);
            } catch (ProblemException e) {
                boolean again = e.is(ProblemType.HELD)
                        && options.retriesHere()
                        && options.backoff().allows(retry);
                if (!again || time().await(session.lost(), options.backoff().pause(retry))) {
                    throw e;
                }
            }
        }
    }

    private List<Held> acquireOnce(Target target, AcquireOptions options) throws InterruptedException {
        Sequencer.Turn turn = begin();
        // A repeat waits for what is left, so that all of them together wait no longer than asked for.
        long end = time().nanos() + options.waitAtMost().toNanos();
        List<Held> held;
        try {
            Reply reply = repeat.until(
                    () -> sendAcquire(target, options, turn, Duration.ofNanos(Math.max(0, end - time().nanos()))));
            held = hold(target.kind(), reply);
            turn.close();
        } catch (NoAnswerException | InterruptedException e) {
            abandoned.settle(target, options, turn);
            throw e;
        } catch (RuntimeException e) {
            if (e instanceof ProblemException problem && problem.isRepeatable()) {
                abandoned.settle(target, options, turn);
            } else {
                turn.close();
            }
            throw e;
        }
        if (options.waitAtMost().isPositive()) {
            // What a waiter gets is provisional until the session shows that it knows.
            session.ping();
        }
        return held;
    }

    Reply sendAcquire(Target target, AcquireOptions options, Sequencer.Turn turn, Duration wait)
            throws InterruptedException {
        String holder = options.holder() == null ? "acquire-" + turn.seq() : options.holder();
        GrantBody body = GrantBody.acquire(owner(turn, holder), target.names(), options, wait);
        Duration timeout = connection.timeout().plus(wait);
        return connection.send(new Request("POST", target.path(), body, timeout));
    }

    /** What an acquire was granted. */
    static List<GrantState> granted(Reply reply) {
        JsonNode body = reply.as(JsonNode.class);
        if (!body.has("grants")) {
            return List.of(reply.as(GrantState.class));
        }
        List<GrantState> grants = reply.as(Several.class).grants();
        return grants == null ? List.of() : grants;
    }

    private List<Held> hold(Kind kind, Reply reply) {
        List<Held> all = granted(reply).stream()
                .map(grant -> new Held(this, kind, grant, deadline(reply, grant)))
                .toList();
        for (Held one : all) {
            holdings.add(one);
            one.watch();
        }
        return all;
    }

    private static long deadline(Reply reply, GrantState grant) {
        return reply.sentNanos() + Duration.ofMillis(grant.remainingMs()).toNanos();
    }

    /** Renews and answers the new deadline. */
    long renew(Held held, Kind kind, @Nullable Duration ttl) throws InterruptedException {
        try {
            Reply reply = sendHeld(kind, "renew", held.name(), held.token(), ttl);
            return deadline(reply, reply.as(GrantState.class));
        } catch (ProblemException e) {
            if (isGone(e)) {
                held.lose(new GrantLoss(GrantLoss.Reason.TAKEN, e.detail()));
            }
            throw e;
        }
    }

    /** Releases; false when somebody took it before. */
    boolean release(Held held, Kind kind) throws InterruptedException {
        holdings.remove(held);
        return release(kind, held.name(), held.token());
    }

    boolean release(Kind kind, String name, long token) throws InterruptedException {
        try {
            sendHeld(kind, "release", name, token, null);
            return true;
        } catch (ProblemException e) {
            if (isGone(e)) {
                return false;
            }
            throw e;
        }
    }

    private static boolean isGone(ProblemException problem) {
        return problem.is(ProblemType.STALE_TOKEN) || problem.is(ProblemType.NOT_FOUND) || problem.endsSession();
    }

    private Reply sendHeld(Kind kind, String action, String name, long token, @Nullable Duration ttl)
            throws InterruptedException {
        try (Sequencer.Turn turn = begin()) {
            return repeat.until(
                    () -> connection.post(kind.path(name, action), GrantBody.held(owner(turn, null), token, ttl)));
        }
    }

    private Sequencer.Turn begin() throws InterruptedException {
        return session.sequencer().begin(connection.timeout());
    }

    private GrantBody.Owner owner(Sequencer.Turn turn, @Nullable String holder) {
        return new GrantBody.Owner(
                session.session().id(),
                session.session().incarnation(),
                holder,
                turn.seq(),
                session.sequencer().unanswered());
    }

    void forget(Held held) {
        holdings.remove(held);
    }
}
