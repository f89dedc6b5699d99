package dev.homeroom.client.lock;

import dev.homeroom.client.Connection;
import dev.homeroom.client.ConnectionSettings;
import dev.homeroom.client.TestServer;
import dev.homeroom.client.session.HeartbeatManager;
import dev.homeroom.client.session.HeartbeatSettings;
import dev.homeroom.client.session.NewSession;
import dev.homeroom.client.session.Registration;
import dev.homeroom.client.session.SessionClient;
import dev.homeroom.client.time.SettableTime;
import dev.homeroom.contracts.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;

/** A registered session of incarnation 7 with a lease of an hour, whose heartbeats are answered with the same. */
final class OneSession implements AutoCloseable {
    static final long LEASE_MS = 3_600_000;

    private final TestServer server = new TestServer();
    private final SettableTime time = new SettableTime(Instant.EPOCH);
    private final Connection connection = connection(Duration.ofSeconds(30));
    private final HeartbeatManager heartbeats;

    OneSession() {
        server.next(TestServer.answer(
                201,
                "application/json",
                "{'id':'s-1','incarnation':7,'instance':'i','maxConcurrentTasks':1,'status':'starting',"
                        + "'leaseTimeout':'PT1H','heartbeatInterval':'PT20M','leaseDeadline':'1970-01-01T01:00:00.000Z',"
                        + "'leaseRemainingMs':" + LEASE_MS + ",'heartbeatAgeSeconds':0,'secondsUntilStale':300}"));
        try {
            Registration registration = new SessionClient(connection).register(NewSession.named("n"));
            heartbeats =
                    new HeartbeatManager(connection, registration, new HeartbeatSettings(3, Duration.ofSeconds(1), 0));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        server.always(request -> request.path().endsWith("/heartbeat") ? beat("") : problem(ProblemType.NOT_FOUND));
    }

    static TestServer.Reaction beat(String more) {
        return TestServer.ok("{'leaseDeadline':'1970-01-01T01:00:00.000Z','leaseRemainingMs':" + LEASE_MS + more + "}");
    }

    static TestServer.Reaction granted(String name, long token) {
        return TestServer.ok("{'kind':'lock','name':'" + name + "','token':" + token
                + ",'holder':{'session':'s-1','incarnation':7},'remainingMs':60000}");
    }

    static TestServer.Reaction held() {
        return TestServer.problem(
                ProblemType.HELD, ",'holder':{'session':'s-2','incarnation':1},'queuePosition':0,'retryAfterMs':1000");
    }

    static TestServer.Reaction problem(ProblemType type) {
        return TestServer.problem(type, "");
    }

    /** One more connection to the server, with its own bound. */
    Connection connection(Duration requestTimeout) {
        return new Connection(
                ConnectionSettings.of(server.origin(), "t").withTime(time).withRequestTimeout(requestTimeout));
    }

    TestServer server() {
        return server;
    }

    SettableTime time() {
        return time;
    }

    Connection connection() {
        return connection;
    }

    HeartbeatManager heartbeats() {
        return heartbeats;
    }

    long seconds() {
        return Duration.ofNanos(time.nanos()).toSeconds();
    }

    /** How many numbered requests reached the server at least, by the highest number. */
    long numbersUsed() {
        return server.received().stream()
                .mapToLong(request -> request.body().path("seq").asLong())
                .max()
                .orElse(0);
    }

    @Override
    public void close() {
        heartbeats.close();
        connection.close();
        server.close();
    }
}
