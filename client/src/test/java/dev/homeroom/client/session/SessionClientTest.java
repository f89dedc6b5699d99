package dev.homeroom.client.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.client.Codebase;
import dev.homeroom.client.Connection;
import dev.homeroom.client.ConnectionSettings;
import dev.homeroom.client.Page;
import dev.homeroom.client.TestServer;
import dev.homeroom.client.time.SettableTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SessionClientTest {
    private static final String SESSION = "{'id':'s-1','incarnation':7,'instance':'i','capabilities':['java'],"
            + "'maxConcurrentTasks':2,'status':'active','leaseTimeout':'PT30S','heartbeatInterval':'PT10S',"
            + "'leaseDeadline':'2026-01-01T00:00:30.000Z','leaseRemainingMs':29000,'heartbeatAgeSeconds':1,"
            + "'heartbeatAge':'1s ago','secondsUntilStale':299,'tasks':0,"
            + "'grants':[{'kind':'lock','name':'a','token':4,'deadline':'2026-01-01T00:01:00.000Z'}]}";

    private final TestServer server = new TestServer();
    private final SettableTime time = new SettableTime(Instant.EPOCH);
    private final Connection connection =
            new Connection(ConnectionSettings.of(server.origin(), "t").withTime(time));
    private final SessionClient client = new SessionClient(connection);

    @AfterEach
    void close() {
        connection.close();
        server.close();
    }

    private TestServer.Received last() {
        return server.received().getLast();
    }

    @Test
    @DisplayName(
            "R-S1 a registration without an answer is repeated with the same instance, the lease counted from its sending")
    void register() throws InterruptedException {
        server.next(
                TestServer.drop(),
                TestServer.after(
                        () -> time.advance(Duration.ofSeconds(3)),
                        TestServer.answer(201, "application/json", SESSION)));
        NewSession session = NewSession.named("n")
                .withId("s-1")
                .at("dev-1", "pts/3", new Codebase("r", "main", null))
                .offering("algebra", List.of("java"), 2)
                .withLease(Duration.ofSeconds(30), Duration.ofSeconds(10));
        Registration registration = client.register(session);
        assertThat(registration.session().incarnation()).isEqualTo(7);
        assertThat(Duration.ofNanos(registration.leaseDeadlineNanos())).isEqualTo(Duration.ofMillis(100 + 29_000));
        List<String> instances = server.received().stream()
                .map(request -> request.body().path("instance").asText())
                .toList();
        assertThat(instances).hasSize(2).containsOnly(session.instance());
        JsonNode body = last().body();
        assertThat(body.path("leaseTimeout").asText()).isEqualTo("PT30S");
        assertThat(body.path("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
        assertThat(body.path("codebase").toString()).isEqualTo("{\"repo\":\"r\",\"branch\":\"main\"}");
    }

    @Test
    @DisplayName("R-S1 unregistering names the incarnation, so that it never ends a newer one")
    void unregister() throws InterruptedException {
        server.next(TestServer.ok("{'id':'s-1','grantsEnded':3}"));
        assertThat(client.unregister("s-1", 7)).isEqualTo(3);
        assertThat(last().method() + " " + last().path()).isEqualTo("DELETE /api/sessions/s-1?incarnation=7");
    }

    @Test
    @DisplayName("R-S3 sessions are looked up and listed by page")
    void look() throws InterruptedException {
        server.next(TestServer.ok(SESSION), TestServer.ok("{'items':[" + SESSION + "],'next':'s-1'}"));
        Session session = client.get("s-1");
        assertThat(session.heartbeatAge()).isEqualTo("1s ago");
        assertThat(session.grants()).extracting(Session.Holding::token).containsExactly(4L);
        Page<Session> page = client.list("active", "s 0", 10);
        assertThat(page.next()).isEqualTo("s-1");
        assertThat(page.items()).hasSize(1);
        assertThat(last().path()).isEqualTo("/api/sessions?status=active&after=s%200&limit=10");
    }

    @Test
    @DisplayName("R-S6 the sessions that may take a piece of work come with the reasons of their order")
    void available() throws InterruptedException {
        server.next(TestServer.ok("{'items':[{'session':" + SESSION
                + ",'score':{'total':30,'parts':[{'name':'lesson','points':30,'why':'same lesson'}]}}]}"));
        Wanted wanted =
                new Wanted("algebra", List.of("java", "c++"), "dev-1", null, Instant.parse("2026-01-01T09:00:00Z"));
        Page<Candidate> page = client.available(wanted, 5);
        assertThat(page.items().getFirst().score().total()).isEqualTo(30);
        assertThat(last().path())
                .isEqualTo("/api/sessions/available?lesson=algebra&host=dev-1&capability=java&capability=c%2B%2B"
                        + "&at=2026-01-01T09%3A00%3A00.000Z&limit=5");
    }

    @Test
    void badSessionsAreRefusedWithASentence() {
        NewSession session = NewSession.named("n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NewSession.named(" "))
                .withMessage("name must have 1 to 512 characters and not be blank; it has 1.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session.withLease(Duration.ofSeconds(10), Duration.ofSeconds(10)))
                .withMessage("heartbeatInterval must be from PT0.001S to PT9.999S, not PT10S.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session.offering(null, List.of(), 0))
                .withMessage("maxConcurrentTasks must be from 1 to 1000, not 0.");
    }
}
