package dev.homeroom.client.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.client.Connection;
import dev.homeroom.client.NoAnswerException;
import dev.homeroom.client.ProblemException;
import dev.homeroom.client.TestServer;
import dev.homeroom.client.time.Backoff;
import dev.homeroom.contracts.problem.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GrantClientTest {
    private final OneSession session = new OneSession();
    private final TestServer server = session.server();
    private final GrantClient locks = GrantClient.locks(session.connection(), session.heartbeats());

    @AfterEach
    void close() {
        session.close();
    }

    private List<JsonNode> acquires() {
        return server.received("/acquire").stream()
                .map(TestServer.Received::body)
                .toList();
    }

    private static List<Long> seqs(List<JsonNode> bodies) {
        return bodies.stream().map(body -> body.path("seq").asLong()).toList();
    }

    @Test
    @DisplayName("R-L1 acquire and release carry session, incarnation, token and a number each")
    void acquireAndRelease() throws InterruptedException {
        server.next(OneSession.granted("a/b", 41), TestServer.ok("{'released':true}"));
        Held held = locks.acquire(
                "a/b", AcquireOptions.failFast().withTtl(Duration.ofSeconds(60)).withMetadata(Map.of("why", "deploy")));
        assertThat(held.token()).isEqualTo(41);
        assertThat(held.release()).isTrue();
        assertThat(held.release()).isFalse();
        assertThat(server.received("/api/locks/a%2Fb/acquire").getFirst().body().toString())
                .isEqualTo("{'session':'s-1','incarnation':7,'ttl':'PT1M','strategy':'FAIL_FAST','holder':'acquire-1',"
                                .replace('\'', '"')
                        + "'metadata':{'why':'deploy'},'seq':1,'unanswered':1}".replace('\'', '"'));
        assertThat(server.received("/release").getFirst().body().toString())
                .isEqualTo("{'session':'s-1','incarnation':7,'token':41,'seq':2,'unanswered':2}".replace('\'', '"'));
    }

    @Test
    @DisplayName("R-L1 without an answer the request is repeated under the same seq")
    void sameSeq() throws InterruptedException {
        server.next(
                TestServer.drop(),
                TestServer.problem(ProblemType.NOT_LEADER, ""),
                TestServer.problem(ProblemType.TIMEOUT, ""),
                TestServer.answer(502, "text/html", ""),
                TestServer.hang());
        server.always(request -> OneSession.granted("a", 41));
        try (Connection hasty = session.connection(Duration.ofMillis(300))) {
            Held held = GrantClient.locks(hasty, session.heartbeats()).acquire("a", AcquireOptions.failFast());
            assertThat(held.isHeld()).isTrue();
        }
        assertThat(seqs(acquires())).hasSizeGreaterThanOrEqualTo(6).containsOnly(1L);
        assertThat(acquires())
                .allSatisfy(body -> assertThat(body).isEqualTo(acquires().getFirst()));
    }

    @Test
    @DisplayName("R-L2 R-L3 FAIL_FAST is refused at once and names the holder")
    void failFast() {
        server.next(OneSession.held());
        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> locks.acquire("a", AcquireOptions.failFast()));
        assertThat(refused.is(ProblemType.HELD)).isTrue();
        assertThat(refused.problem().holder()).isNotNull();
        assertThat(acquires()).hasSize(1);
        assertThat(session.heartbeats().sequencer().unanswered()).isEqualTo(2);
    }

    @Test
    @DisplayName("R-L2 RETRY asks again after 1, 2, 4, 8, 16 s, each time as a new request")
    void retry() throws InterruptedException {
        server.next(OneSession.held(), OneSession.held(), OneSession.held(), OneSession.held(), OneSession.held());
        server.next(OneSession.granted("a", 41));
        locks.acquire("a", AcquireOptions.retrying(Backoff.CONFLICT));
        assertThat(session.seconds()).isEqualTo(1 + 2 + 4 + 8 + 16);
        assertThat(seqs(acquires())).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(acquires())
                .allSatisfy(body -> assertThat(body.path("strategy").asText()).isEqualTo("FAIL_FAST"));
    }

    @Test
    @DisplayName("R-L2 RETRY gives up after its retries, and at once on any other refusal")
    void retryGivesUp() {
        server.always(request -> OneSession.held());
        Backoff twice = new Backoff(Duration.ofSeconds(3), Duration.ofSeconds(4), 2);
        assertThatThrownBy(() -> locks.acquire("a", AcquireOptions.retrying(twice)))
                .isInstanceOf(ProblemException.class);
        assertThat(session.seconds()).isEqualTo(3 + 4);
        server.always(request -> TestServer.problem(ProblemType.TOO_MANY, ""));
        assertThatThrownBy(() -> locks.acquire("a", AcquireOptions.retrying(twice)))
                .isInstanceOf(ProblemException.class);
        assertThat(acquires()).hasSize(4);
    }

    @Test
    @DisplayName("R-L2 a wait is the coordinator's; what it grants is confirmed by a heartbeat at once")
    void waiting() throws InterruptedException {
        session.heartbeats().start();
        server.next(OneSession.granted("a", 41));
        locks.acquire("a", AcquireOptions.waiting(Duration.ofSeconds(10)));
        JsonNode body = acquires().getFirst();
        assertThat(body.path("strategy").asText()).isEqualTo("RETRY");
        assertThat(body.path("wait").asText()).isEqualTo("PT10S");
        assertThat(server.received("/heartbeat")).hasSize(1);
        assertThat(server.received("/heartbeat")
                        .getFirst()
                        .body()
                        .path("unanswered")
                        .asLong())
                .isEqualTo(2);
    }

    @Test
    @DisplayName("R-L2 a wait that is repeated waits for what is left of it, then not at all")
    void waitingAgain() throws InterruptedException {
        server.next(
                TestServer.after(() -> session.time().advance(Duration.ofSeconds(6)), TestServer.drop()),
                TestServer.after(() -> session.time().advance(Duration.ofSeconds(6)), TestServer.drop()),
                OneSession.granted("a", 41));
        locks.acquire("a", AcquireOptions.waiting(Duration.ofSeconds(10)));
        assertThat(acquires().stream().map(body -> body.path("wait").asText())).containsExactly("PT10S", "PT3.9S", "");
        assertThat(acquires().getLast().path("strategy").asText()).isEqualTo("FAIL_FAST");
    }

    @Test
    @DisplayName("R-L2 STEAL_STALE and FORCE_ACQUIRE are said to the coordinator")
    void steal() throws InterruptedException {
        server.next(OneSession.granted("a", 41), OneSession.granted("b", 42));
        locks.acquire("a", AcquireOptions.stealingStale());
        locks.acquire("b", AcquireOptions.forced("it hangs"));
        assertThat(acquires().stream().map(body -> body.path("strategy").asText()))
                .containsExactly("STEAL_STALE", "FORCE_ACQUIRE");
        assertThat(acquires().getLast().path("reason").asText()).isEqualTo("it hangs");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AcquireOptions.forced(" "))
                .withMessage("reason must have 1 to 512 characters and not be blank; it has 1.");
    }

    @Test
    @DisplayName("R-L1 two acquires of a session exclude each other unless they name the same holder")
    void holders() throws InterruptedException {
        server.always(request -> OneSession.granted("a", 41));
        locks.acquire("a", AcquireOptions.failFast());
        locks.acquire("a", AcquireOptions.failFast());
        locks.acquire("a", AcquireOptions.failFast().withHolder("me"));
        assertThat(acquires().stream().map(body -> body.path("holder").asText()))
                .containsExactly("acquire-1", "acquire-2", "me");
    }

    @Test
    @DisplayName("R-L1 an acquire that lands after its caller gave up is given back")
    void abandoned() {
        server.next(
                TestServer.drop(),
                TestServer.drop(),
                TestServer.drop(),
                OneSession.granted("a", 41),
                TestServer.ok("{}"));
        Backoff twice = new Backoff(Duration.ofMillis(10), Duration.ofMillis(10), 2);
        GrantClient hasty = GrantClient.locks(session.connection(), session.heartbeats(), twice);
        assertThatThrownBy(() -> hasty.acquire("a", AcquireOptions.waiting(Duration.ofSeconds(5))))
                .isInstanceOf(NoAnswerException.class);
        // Open until the outcome is known: a confirmed answer would make a waiter's grant last.
        assertThat(session.heartbeats().sequencer().unanswered()).isEqualTo(1);
        session.time().advance(Duration.ofSeconds(1));
        assertThat(seqs(acquires())).containsExactly(1L, 1L, 1L, 1L);
        assertThat(acquires().getLast().has("wait")).isFalse();
        assertThat(server.received("/release").getFirst().body().path("token").asLong())
                .isEqualTo(41);
        assertThat(session.heartbeats().sequencer().unanswered()).isEqualTo(3);
    }

    @Test
    @DisplayName("R-L1 an acquire whose outcome nobody tells is given up after the retries")
    void abandonedForGood() {
        server.always(request -> TestServer.drop());
        Backoff once = new Backoff(Duration.ofMillis(10), Duration.ofMillis(10), 1);
        GrantClient hasty = GrantClient.locks(session.connection(), session.heartbeats(), once);
        assertThatThrownBy(() -> hasty.acquire("a", AcquireOptions.failFast())).isInstanceOf(NoAnswerException.class);
        session.time().advance(Duration.ofSeconds(1));
        assertThat(acquires()).hasSize(3);
        assertThat(session.heartbeats().sequencer().unanswered()).isEqualTo(2);
    }

    @Test
    @DisplayName("R-L1 an interrupted acquire is settled too")
    void interrupted() {
        server.next(OneSession.granted("a", 41), TestServer.ok("{}"));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> locks.acquire("a", AcquireOptions.failFast()))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        session.time().advance(Duration.ofSeconds(1));
        assertThat(session.heartbeats().sequencer().unanswered()).isEqualTo(session.numbersUsed() + 1);
    }

    @Test
    @DisplayName("R-L7 several locks are acquired together and released the last first")
    void together() throws InterruptedException {
        server.next(TestServer.ok("{'grants':[{'kind':'lock','name':'a','token':41,'remainingMs':60000},"
                + "{'kind':'lock','name':'b','token':42,'remainingMs':60000}]}"));
        server.always(request -> TestServer.ok("{}"));
        try (HeldAll all = locks.acquireAll(List.of("a", "b"), AcquireOptions.failFast())) {
            assertThat(all.isHeld()).isTrue();
            assertThat(all.all()).extracting(Held::token).containsExactly(41L, 42L);
        }
        assertThat(server.received("/acquire-all")
                        .getFirst()
                        .body()
                        .path("names")
                        .toString())
                .isEqualTo("[\"a\",\"b\"]");
        assertThat(server.received("/release").stream().map(TestServer.Received::path))
                .containsExactly("/api/locks/b/release", "/api/locks/a/release");
    }

    @Test
    @DisplayName("R-L4 claims have the same shape under their own path")
    void claims() throws InterruptedException {
        server.next(
                OneSession.granted("file:x", 41),
                TestServer.ok("{'kind':'claim','name':'x','held':false}"),
                TestServer.ok("{'items':[{'kind':'claim','name':'x','token':41,'remainingMs':5}]}"));
        GrantClient claims = GrantClient.claims(session.connection(), session.heartbeats());
        claims.acquire("file:x", AcquireOptions.failFast());
        assertThat(claims.get("x").held()).isFalse();
        assertThat(claims.list("w", 5).items()).hasSize(1);
        assertThat(server.received().stream().map(TestServer.Received::path).skip(1))
                .containsExactly("/api/claims/file%3Ax/acquire", "/api/claims/x", "/api/claims?limit=5&after=w");
        assertThatThrownBy(() -> claims.acquireAll(List.of("x"), AcquireOptions.failFast()))
                .hasMessageContaining("Only locks");
    }

    @Test
    @DisplayName("R-L5 a permit each time, none when none is left, and the limit can be set")
    void limits() throws InterruptedException {
        LimitClient limits = new LimitClient(session.connection(), session.heartbeats());
        server.next(
                OneSession.granted("host:x", 41),
                OneSession.held(),
                TestServer.drop(),
                TestServer.ok("{}"),
                TestServer.ok("{'key':'host:x','permits':4,'used':1,'available':3,'waiting':0}"));
        assertThat(limits.tryAcquire("host:x", Duration.ZERO)).isPresent();
        assertThat(limits.tryAcquire("host:x", Duration.ofSeconds(1))).isEmpty();
        assertThat(acquires().stream()
                        .flatMap(body -> Stream.of(body.path("holder"), body.path("wait"))
                                .map(JsonNode::asText)))
                .containsExactly("acquire-1", "", "acquire-2", "PT1S");
        limits.set("host:x", 4);
        assertThat(limits.get("host:x").available()).isEqualTo(3);
        assertThat(server.received("/api/limits/host%3Ax").stream().map(TestServer.Received::method))
                .containsExactly("PUT", "PUT", "GET");
    }

    @Test
    @DisplayName("R-L2 bad options are refused with a sentence")
    void badOptions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AcquireOptions.failFast().withTtl(Duration.ofMillis(10)))
                .withMessage("ttl must be from PT1S to PT24H, not PT0.01S.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AcquireOptions.waiting(Duration.ofHours(1)))
                .withMessage("wait must be from PT0S to PT10M, not PT1H.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AcquireOptions(
                        null, Strategy.FAIL_FAST, Duration.ofSeconds(1), Backoff.CONFLICT, null, Map.of(), null))
                .withMessage("FAIL_FAST does not wait; use RETRY to wait PT1S.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> locks.acquire("", AcquireOptions.failFast()))
                .withMessage("name must have 1 to 512 characters and not be blank; it has 0.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> locks.acquireAll(List.of(), AcquireOptions.failFast()))
                .withMessage("number of names must be from 1 to 64, not 0.");
    }
}
