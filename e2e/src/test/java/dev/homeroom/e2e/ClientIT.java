package dev.homeroom.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeroom.client.Connection;
import dev.homeroom.client.ConnectionSettings;
import dev.homeroom.client.ProblemException;
import dev.homeroom.client.lock.AcquireOptions;
import dev.homeroom.client.lock.GrantClient;
import dev.homeroom.client.lock.GrantLoss;
import dev.homeroom.client.lock.GrantState;
import dev.homeroom.client.lock.Held;
import dev.homeroom.client.lock.ResourceState;
import dev.homeroom.client.session.HeartbeatManager;
import dev.homeroom.client.session.HeartbeatSettings;
import dev.homeroom.client.session.Loss;
import dev.homeroom.client.session.NewSession;
import dev.homeroom.client.session.Registration;
import dev.homeroom.client.session.SessionClient;
import dev.homeroom.client.session.SessionListener;
import dev.homeroom.contracts.problem.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The Java client against a real coordinator, through a proxy that can cut and silence the way there. */
class ClientIT {
    private static final Duration LEASE = Duration.ofSeconds(6);
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final Whole whole = Whole.running();
    private final CutProxy proxy = new CutProxy(whole.address("coordinator"));
    private final Connection connection = new Connection(
            ConnectionSettings.of(proxy.origin(), whole.agentToken()).withRequestTimeout(Duration.ofSeconds(20)));
    private final SessionClient sessions = new SessionClient(connection);
    private final String id = "client-" + UUID.randomUUID();
    private final List<Loss.Reason> lost = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        connection.close();
        proxy.close();
    }

    private HeartbeatManager started(Duration lease, Duration timeout) throws InterruptedException {
        Registration registration = sessions.register(NewSession.named("client of a test")
                .withId(id)
                .offering("algebra", List.of("java"), 2)
                .withLease(lease, INTERVAL));
        HeartbeatManager heartbeats =
                new HeartbeatManager(connection, registration, new HeartbeatSettings(3, timeout, 0.1));
        heartbeats.listen(new SessionListener() {
            @Override
            public void onLost(Loss loss) {
                lost.add(loss.reason());
            }
        });
        heartbeats.start();
        return heartbeats;
    }

    @Test
    @DisplayName("R-S1 R-S2 heartbeats keep a session alive past its lease, until it is unregistered")
    void alive() throws InterruptedException {
        try (HeartbeatManager heartbeats = started(LEASE, Duration.ofSeconds(5))) {
            long firstDeadline = heartbeats.leaseDeadlineNanos();
            heartbeats.active();
            Patiently.until("the first lease to pass", System::nanoTime, now -> now - firstDeadline > 0);
            assertThat(heartbeats.isActive()).isTrue();
            assertThat(heartbeats.statistics().answered()).isGreaterThanOrEqualTo(2);
            assertThat(sessions.get(id).status()).isIn("active", "idle");
            assertThat(sessions.list("active", null, 100).items().size()
                            + sessions.list("idle", null, 100).items().size())
                    .isPositive();

            sessions.unregister(id, heartbeats.session().incarnation());
            Patiently.until("the loss", () -> lost, told -> !told.isEmpty());
            assertThat(lost).containsExactly(Loss.Reason.SESSION_ENDED);
            assertThat(sessions.get(id).status()).isEqualTo("released");
        }
    }

    @Test
    @DisplayName("R-S2 gives up after three heartbeats without an answer, and stops what it holds")
    void givesUp() throws InterruptedException {
        try (HeartbeatManager heartbeats = started(Duration.ofMinutes(5), Duration.ofMillis(800))) {
            Patiently.until("a heartbeat", () -> heartbeats.statistics().answered(), answered -> answered > 0);
            GrantClient locks = GrantClient.locks(connection, heartbeats);
            List<GrantLoss.Reason> stopped = new CopyOnWriteArrayList<>();
            Held held = locks.acquire("give-up-" + id, AcquireOptions.failFast());
            held.onLost(loss -> stopped.add(loss.reason()));

            proxy.silence();
            Patiently.until("the lock to be given up", () -> stopped, told -> !told.isEmpty());
            assertThat(lost).containsExactly(Loss.Reason.FAILURES);
            assertThat(stopped).containsExactly(GrantLoss.Reason.SESSION_LOST);
            assertThat(heartbeats.statistics().consecutiveFailures()).isEqualTo(3);
            assertThat(heartbeats.isActive()).isFalse();
            assertThat(held.isHeld()).isFalse();
        }
    }

    @Test
    @DisplayName("R-L1 acquire, renew, release; an answer that is lost is asked for again under the same seq")
    void locks() throws InterruptedException {
        String name = "src/main " + id;
        try (HeartbeatManager heartbeats = started(Duration.ofMinutes(5), Duration.ofSeconds(5))) {
            GrantClient locks = GrantClient.locks(connection, heartbeats);
            GrantClient claims = GrantClient.claims(connection, heartbeats);

            proxy.loseAnswers("/acquire", 1);
            Held held = locks.acquire(name, AcquireOptions.failFast().withTtl(Duration.ofSeconds(30)));
            assertThat(proxy.lost()).isEqualTo(1);
            assertThat(held.remaining()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(30));

            assertThatThrownBy(() -> locks.acquire(name, AcquireOptions.failFast()))
                    .isInstanceOfSatisfying(ProblemException.class, refused -> {
                        assertThat(refused.is(ProblemType.HELD)).isTrue();
                        assertThat(refused.problem().holder()).isNotNull();
                    });

            proxy.loseAnswers("/renew", 1);
            held.renew(Duration.ofMinutes(2));
            assertThat(held.remaining()).isGreaterThan(Duration.ofSeconds(60));
            ResourceState seen = locks.get(name);
            assertThat(seen.grant()).isNotNull().extracting(GrantState::token).isEqualTo(held.token());

            proxy.loseAnswers("/release", 1);
            assertThat(held.release()).isTrue();
            assertThat(proxy.lost()).isEqualTo(3);
            assertThat(locks.get(name).held()).isFalse();
            try (Held claim = claims.acquire("file:" + name, AcquireOptions.failFast())) {
                assertThat(claim.token()).isGreaterThan(held.token());
            }
            assertThat(claims.get("file:" + name).held()).isFalse();
        }
        assertThat(lost).isEmpty();
    }
}
