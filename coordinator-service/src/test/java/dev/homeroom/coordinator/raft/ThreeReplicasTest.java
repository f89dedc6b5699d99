package dev.homeroom.coordinator.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeroom.coordinator.CommandMeter;
import dev.homeroom.coordinator.Member;
import dev.homeroom.coordinator.Unanswered;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Kind;
import dev.homeroom.coordinator.core.Profile;
import dev.homeroom.coordinator.core.Request;
import dev.homeroom.coordinator.core.Settings;
import dev.homeroom.local.process.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three replicas in this JVM, talking real Raft over loopback. */
class ThreeReplicasTest {
    private static final String SESSION = "s-1";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final ConcurrentLinkedQueue<String> fatal = new ConcurrentLinkedQueue<>();
    private final List<RaftNode> nodes = new ArrayList<>();
    private List<Member> members = List.of();

    @BeforeEach
    void start() throws Exception {
        List<Integer> ports = Ports.free(6);
        members = List.of(member(1, ports), member(2, ports), member(3, ports));
        for (Member member : members) {
            nodes.add(started(member));
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (RaftNode node : nodes) {
            node.close();
        }
        assertThat(fatal).isEmpty();
    }

    @Test
    void losingTheLeaderLosesNothing() throws Exception {
        long session = incarnation(ask(register(SESSION, "i")));
        List<Long> tokens = new ArrayList<>();
        tokens.add(token(ask(acquire(session, 1, "a"))));
        tokens.add(token(ask(acquire(session, 2, "b"))));

        RaftNode lost = leader();
        nodes.remove(lost);
        lost.close();

        assertThat(token(ask(acquire(session, 2, "b"))))
                .as("the same seq gets the first answer")
                .isEqualTo(tokens.getLast());
        tokens.add(token(ask(acquire(session, 3, "c"))));
        assertThat(tokens).doesNotHaveDuplicates().isSorted();
        assertThat(incarnation(ask(new Command.GetSession(SESSION)))).isEqualTo(session);
    }

    @Test
    void changesOfLeaderExpireNoLiveSession() throws Exception {
        Command.Register shortLease = new Command.Register("s-2", "i", Profile.NONE, 5_000, 0);
        long incarnation = incarnation(ask(shortLease));
        for (int change = 0; change < 2; change++) {
            RaftNode former = leader();
            Member member = former.self();
            nodes.remove(former);
            former.close();
            Answer beat = ask(new Command.Heartbeat("s-2", incarnation, 0, 0, List.of()));
            assertThat(beat).isInstanceOf(Answer.Beat.class);
            assertThat(((Answer.Beat) beat).leaseRemainingMillis()).isGreaterThan(4_000);
            nodes.add(started(member));
        }
        assertThat(ask(new Command.GetSession("s-2")))
                .isInstanceOfSatisfying(
                        Answer.OneSession.class,
                        one -> assertThat(one.session().leaseRemainingMillis()).isPositive());
    }

    @Test
    void aFollowerExecutesNothingAndKnowsTheLeader() throws Exception {
        ask(register("s-3", "i"));
        RaftNode leader = leader();
        RaftNode follower =
                nodes.stream().filter(node -> node != leader).findFirst().orElseThrow();
        await().atMost(PATIENCE).until(() -> follower.leader().isPresent());
        assertThat(follower.leader()).contains(leader.self());
        assertThat(follower.submit(register("s-4", "i")).toCompletableFuture())
                .failsWithin(PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(Unanswered.class);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(follower.<Integer>stale(state -> state.liveSessions()))
                        .isEqualTo(1));
    }

    @Test
    void allReplicasStoppedAndStartedRememberEverything() throws Exception {
        long incarnation = incarnation(ask(register(SESSION, "i")));
        long token = token(ask(acquire(incarnation, 1, "a")));
        for (RaftNode node : nodes) {
            node.close();
        }
        nodes.clear();
        for (Member member : members) {
            nodes.add(started(member));
        }
        assertThat(token(ask(acquire(incarnation, 1, "a")))).isEqualTo(token);
        assertThat(token(ask(acquire(incarnation, 2, "b")))).isGreaterThan(token);
    }

    private RaftNode started(Member member) throws Exception {
        RaftSettings settings = new RaftSettings(
                member.id(),
                directory.resolve(member.id()),
                member.raftAddress(),
                members,
                Duration.ofMillis(300),
                Duration.ofMillis(600),
                Duration.ofMinutes(2),
                20);
        RaftNode node =
                new RaftNode(settings, Settings.DEFAULT, CommandMeter.NONE, (reason, cause) -> fatal.add(reason));
        node.start();
        return node;
    }

    private RaftNode leader() {
        await().atMost(PATIENCE).until(() -> nodes.stream().anyMatch(RaftNode::leading));
        return nodes.stream().filter(RaftNode::leading).findFirst().orElseThrow();
    }

    /** As a client does: whoever leads, and the same request again when there is no answer. */
    private Answer ask(Command command) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return leader().submit(command).toCompletableFuture().get(10, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof Unanswered) || System.nanoTime() > end) {
                    throw e;
                }
            }
        }
    }

    private static Command.Register register(String id, String instance) {
        return new Command.Register(id, instance, Profile.NONE, 0, 0);
    }

    private static Command.Acquire acquire(long incarnation, long seq, String name) {
        return new Command.Acquire(SESSION, incarnation, new Request(seq, 1), Kind.CLAIM, name, "", 0);
    }

    private static long incarnation(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.OneSession.class);
        return ((Answer.OneSession) answer).session().incarnation();
    }

    private static long token(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Granted.class);
        return ((Answer.Granted) answer).grant().token();
    }

    private static Member member(int number, List<Integer> ports) {
        return new Member("n" + number, "127.0.0.1:" + ports.get(number - 1), "127.0.0.1:" + ports.get(number + 2));
    }
}
