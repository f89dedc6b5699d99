package dev.homeroom.client.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeroom.client.NoAnswerException;
import dev.homeroom.client.ProblemException;
import dev.homeroom.client.TestServer;
import dev.homeroom.client.time.Backoff;
import dev.homeroom.contracts.problem.ProblemType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R-L1 what is held")
class HeldTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final OneSession session = new OneSession();
    private final TestServer server = session.server();
    private final GrantClient locks = GrantClient.locks(
            session.connection(), session.heartbeats(), new Backoff(Duration.ofMillis(10), Duration.ofMillis(10), 1));
    private final List<String> stopped = new ArrayList<>();

    @AfterEach
    void close() {
        session.close();
    }

    private Held acquire(TestServer.Reaction reaction) throws InterruptedException {
        server.next(reaction);
        Held held = locks.acquire("a", AcquireOptions.failFast());
        held.onLost(loss -> stopped.add(loss.reason().name()));
        return held;
    }

    private Held acquire() throws InterruptedException {
        return acquire(OneSession.granted("a", 41));
    }

    private void lost(Held held, String reason) {
        assertThat(held.isHeld()).isFalse();
        assertThat(held.remaining()).isZero();
        assertThat(stopped).containsExactly(reason);
        held.onLost(loss -> stopped.add("late " + loss.reason()));
        assertThat(stopped).containsExactly(reason, "late " + reason);
    }

    @Test
    void endsAtItsDeadlineCountedFromTheSending() throws InterruptedException {
        Held held = acquire(
                TestServer.after(() -> session.time().advance(Duration.ofSeconds(20)), OneSession.granted("a", 41)));
        assertThat(held.remaining()).isEqualTo(Duration.ofSeconds(40));
        session.time().advance(Duration.ofSeconds(39));
        assertThat(held.isHeld()).isTrue();
        assertThat(stopped).isEmpty();
        session.time().advance(Duration.ofSeconds(1));
        lost(held, "EXPIRED");
    }

    @Test
    void endsWithTheLeaseWhenThatIsEarlier() throws InterruptedException {
        session.time().advance(Duration.ofMillis(OneSession.LEASE_MS).minusSeconds(5));
        Held held = acquire();
        assertThat(held.remaining()).isEqualTo(Duration.ofSeconds(5));
        session.time().advance(Duration.ofSeconds(5));
        lost(held, "EXPIRED");
    }

    @Test
    @DisplayName("R-L2 the loser of a steal is told by its next heartbeat and stops")
    void taken() throws InterruptedException {
        session.heartbeats().start();
        Held held = acquire();
        server.next(OneSession.beat(",'revoked':[{'resource':'lock:a','token':41,'reason':'stolen'}]"));
        assertThat(session.heartbeats().ping()).isTrue();
        lost(held, "TAKEN");
        assertThat(held.release()).isFalse();
        assertThatIllegalStateException()
                .isThrownBy(held::renew)
                .withMessage("lock a is not held any more; acquire it again. lock:a was taken away: stolen.");
    }

    @Test
    @DisplayName("R-L2 a steal that is told before the acquire is answered counts too")
    void takenBeforeTheAnswer() throws InterruptedException {
        session.heartbeats().start();
        server.next(OneSession.beat(",'revoked':[{'resource':'lock:a','token':41,'reason':'stolen'}]"));
        assertThat(session.heartbeats().ping()).isTrue();
        lost(acquire(), "TAKEN");
    }

    @Test
    void endsWithTheSession() throws InterruptedException {
        session.heartbeats().start();
        Held held = acquire();
        server.next(OneSession.problem(ProblemType.STALE_INCARNATION));
        assertThat(session.heartbeats().ping()).isFalse();
        lost(held, "SESSION_LOST");
    }

    @Test
    void aRenewalMovesTheDeadline() throws InterruptedException {
        Held held = acquire();
        session.time().advance(Duration.ofSeconds(50));
        server.next(OneSession.granted("a", 41));
        held.renew();
        assertThat(held.remaining()).isEqualTo(MINUTE);
        session.time().advance(Duration.ofSeconds(59));
        assertThat(held.isHeld()).isTrue();
        session.time().advance(Duration.ofSeconds(1));
        lost(held, "EXPIRED");
        assertThat(server.received("/renew").getFirst().body().toString())
                .isEqualTo("{'session':'s-1','incarnation':7,'token':41,'seq':2,'unanswered':2}".replace('\'', '"'));
    }

    @Test
    void aRenewalWithoutAnAnswerLeavesTheEarlierDeadline() throws InterruptedException {
        Held held = acquire();
        server.next(TestServer.drop(), TestServer.drop(), TestServer.drop(), TestServer.drop());
        assertThatThrownBy(() -> held.renew(Duration.ofHours(1))).isInstanceOf(NoAnswerException.class);
        assertThat(held.remaining()).isBetween(Duration.ofSeconds(59), MINUTE);
        assertThatThrownBy(() -> held.renew(Duration.ofSeconds(5))).isInstanceOf(NoAnswerException.class);
        assertThat(held.remaining()).isLessThanOrEqualTo(Duration.ofSeconds(5)).isPositive();
    }

    @Test
    void aRenewalThatComesTooLateIsGivenBack() throws InterruptedException {
        Held held = acquire();
        server.next(
                TestServer.after(() -> session.time().advance(MINUTE), OneSession.granted("a", 41)),
                TestServer.ok("{}"));
        assertThatIllegalStateException()
                .isThrownBy(held::renew)
                .withMessageContaining("The deadline of lock a passed");
        assertThat(server.received("/release")).hasSize(1);
        lost(held, "EXPIRED");
    }

    @Test
    void theStopComesAtTheShorterDeadlineOfARenewalWithoutAnAnswer() throws InterruptedException {
        Held held = acquire();
        server.next(TestServer.drop(), TestServer.drop());
        assertThatThrownBy(() -> held.renew(Duration.ofSeconds(5))).isInstanceOf(NoAnswerException.class);
        session.time().advance(Duration.ofSeconds(5));
        lost(held, "EXPIRED");
    }

    @Test
    void aRenewalWithAStaleTokenLosesIt() throws InterruptedException {
        Held held = acquire();
        server.next(OneSession.problem(ProblemType.STALE_TOKEN));
        assertThatThrownBy(held::renew).isInstanceOf(ProblemException.class);
        lost(held, "TAKEN");
    }

    @Test
    void closingReleasesAndNeverFails() throws InterruptedException {
        Held held = acquire();
        server.next(TestServer.drop(), TestServer.drop());
        held.close();
        held.close();
        assertThat(held.isHeld()).isFalse();
        assertThat(server.received("/release")).hasSize(2);
        session.time().advance(MINUTE);
        assertThat(stopped).isEmpty();
        assertThat(session.time().alarms()).isZero();
    }

    @Test
    void aReleaseOfWhatIsGoneSaysSo() throws InterruptedException {
        Held held = acquire();
        server.next(OneSession.problem(ProblemType.STALE_TOKEN));
        assertThat(held.release()).isFalse();
    }

    @Test
    void aStopThatFailsHarmsNoOther() throws InterruptedException {
        server.next(OneSession.granted("a", 41));
        Held held = locks.acquire("a", AcquireOptions.failFast());
        held.onLost(loss -> {
            throw new IllegalStateException("a stop of this test fails on purpose");
        });
        held.onLost(loss -> stopped.add(loss.reason().name()));
        session.time().advance(MINUTE);
        lost(held, "EXPIRED");
    }
}
