package dev.homeroom.client.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.client.Connection;
import dev.homeroom.client.NoAnswerException;
import dev.homeroom.client.Page;
import dev.homeroom.client.ProblemException;
import dev.homeroom.client.Repeat;
import dev.homeroom.client.Reply;
import dev.homeroom.client.Request;
import dev.homeroom.client.time.Backoff;
import dev.homeroom.contracts.event.EventJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sessions at the coordinator (requirements R-S1, R-S2). Every call blocks, within the connection's bounds, and throws
 * {@link ProblemException} for a refusal and {@link NoAnswerException} for none. Thread-safe.
 */
public final class SessionClient {
    private static final String ROOT = "/api/sessions";

    private record BeatWire(
            @Nullable Instant leaseDeadline,
            long leaseRemainingMs,
            @Nullable List<Beat.Assigned> assigned,
            @Nullable List<Beat.Revoked> revoked) {}

    private final Connection connection;

    /** Over a connection. */
    public SessionClient(Connection connection) {
        this.connection = connection;
    }

    /** Registers. Without an answer it asks again for about 12 s: the instance makes the repeat harmless. */
    public Registration register(NewSession session) throws InterruptedException {
        Repeat repeat = new Repeat(connection.time(), Backoff.NO_ANSWER);
        Reply reply = repeat.until(() -> connection.post(ROOT, session));
        Session registered = reply.as(Session.class);
        return new Registration(registered, after(reply, registered.leaseRemainingMs()));
    }

    /** One sign of life, sent once; {@code timeout} bounds it beside the connection's own. */
    public Beat heartbeat(String id, Heartbeat heartbeat, Duration timeout) throws InterruptedException {
        Duration bound = timeout.compareTo(connection.timeout()) < 0 ? timeout : connection.timeout();
        Reply reply = connection.send(new Request("POST", Request.path(ROOT, id, "heartbeat"), heartbeat, bound));
        BeatWire beat = reply.as(BeatWire.class);
        if (beat.leaseDeadline == null) {
            throw new NoAnswerException("The answer to the heartbeat names no lease.", null);
        }
        return new Beat(
                beat.leaseDeadline,
                after(reply, beat.leaseRemainingMs),
                beat.assigned == null ? List.of() : beat.assigned,
                beat.revoked == null ? List.of() : beat.revoked);
    }

    private static long after(Reply reply, long millis) {
        return reply.sentNanos() + Duration.ofMillis(millis).toNanos();
    }

    /**
     * Ends the session and everything it holds; a repeat is not an error.
     *
     * @return how many grants ended
     */
    public int unregister(String id, long incarnation) throws InterruptedException {
        String path = new SessionQuery().with("incarnation", incarnation).on(Request.path(ROOT, id));
        Repeat repeat = new Repeat(connection.time(), Backoff.NO_ANSWER);
        Reply reply = repeat.until(() -> connection.send(new Request("DELETE", path, null, connection.timeout())));
        return reply.as(JsonNode.class).path("grantsEnded").asInt();
    }

    /** One session with what it holds. */
    public Session get(String id) throws InterruptedException {
        return connection.get(Request.path(ROOT, id)).as(Session.class);
    }

    /**
     * Sessions by id, live and lately ended.
     *
     * @param status only these; null: all
     * @param after where the page before ended; null: from the start
     */
    public Page<Session> list(@Nullable String status, @Nullable String after, int limit) throws InterruptedException {
        SessionQuery query =
                new SessionQuery().with("status", status).with("after", after).with("limit", limit);
        return connection.get(query.on(ROOT)).asPageOf(Session.class);
    }

    /** The sessions that may take such work now, best first. */
    public Page<Candidate> available(Wanted wanted, int limit) throws InterruptedException {
        SessionQuery query = new SessionQuery()
                .with("lesson", wanted.lesson())
                .with("host", wanted.host())
                .with("repo", wanted.repo());

        wanted.capabilities().forEach(capability -> query.with("capability", capability));
        Instant at = wanted.at();
        query.with("at", at == null ? null : EventJson.text(at)).with("limit", limit);
        return connection.get(query.on(ROOT + "/available")).asPageOf(Candidate.class);
    }
}
