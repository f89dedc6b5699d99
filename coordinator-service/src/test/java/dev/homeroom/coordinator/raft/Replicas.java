package dev.homeroom.coordinator.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeroom.coordinator.ClusterChange;
import dev.homeroom.coordinator.ClusterView;
import dev.homeroom.coordinator.CommandMeter;
import dev.homeroom.coordinator.Member;
import dev.homeroom.coordinator.Unanswered;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Kind;
import dev.homeroom.coordinator.core.Profile;
import dev.homeroom.coordinator.core.Request;
import dev.homeroom.coordinator.core.Settings;
import dev.homeroom.coordinator.raft.RaftSettings.SnapshotRule;
import dev.homeroom.coordinator.raft.RaftSettings.Timing;
import dev.homeroom.local.process.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Replicas in this JVM that talk real Raft over loopback. For one thread. */
final class Replicas implements AutoCloseable {
    static final String SESSION = "s-1";
    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What would have ended a process. */
    final ConcurrentLinkedQueue<String> fatal = new ConcurrentLinkedQueue<>();

    final List<Member> members = new ArrayList<>();
    private final Path directory;
    private final Map<String, RaftNode> running = new TreeMap<>();
    private final List<Integer> ports;
    private final long threshold;
    private final long restoredAt;

    Replicas(Path directory, int count, long threshold) {
        this(directory, count, threshold, 0);
    }

    Replicas(Path directory, int count, long threshold, long restoredAt) {
        this.directory = directory;
        this.threshold = threshold;
        this.restoredAt = restoredAt;
        this.ports = Ports.free(2 * count + 2);
        for (int i = 1; i <= count; i++) {
            members.add(member(i));
        }
    }

    /** The member of that number, which need not take part; one more than the count has ports. */
    Member member(int number) {
        return new Member(
                "n" + number, "127.0.0.1:" + ports.get(2 * number - 2), "127.0.0.1:" + ports.get(2 * number - 1));
    }

    Replicas startAll() throws Exception {
        for (Member member : members) {
            start(member);
        }
        return this;
    }

    RaftNode start(Member member) throws Exception {
        return start(member, members);
    }

    /** {@code initial} empty: waits to be added. */
    RaftNode start(Member member, List<Member> initial) throws Exception {
        RaftSettings settings = new RaftSettings(
                member,
                initial,
                true,
                dataDir(member),
                member.raftAddress(),
                new Timing(Duration.ofMillis(300), Duration.ofMillis(600)),
                new SnapshotRule(Duration.ofMinutes(2), threshold, 2),
                restoredAt);
        RaftNode node = new RaftNode(
                settings,
                Settings.DEFAULT,
                CommandMeter.NONE,
                (reason, cause) -> fatal.add(member.id() + ": " + reason));
        node.start();
        running.put(member.id(), node);
        return node;
    }

    Path dataDir(Member member) {
        return directory.resolve(member.id());
    }

    void stop(Member member) throws Exception {
        RaftNode node = running.remove(member.id());
        if (node != null) {
            node.close();
        }
    }

    RaftNode node(Member member) {
        return Objects.requireNonNull(running.get(member.id()));
    }

    List<RaftNode> nodes() {
        return List.copyOf(running.values());
    }

    RaftNode leader() {
        await().pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE)
                .until(() -> running.values().stream().anyMatch(RaftNode::leading));
        return running.values().stream().filter(RaftNode::leading).findFirst().orElseThrow();
    }

    RaftNode follower() {
        RaftNode leader = leader();
        return running.values().stream()
                .filter(node -> node != leader)
                .min(Comparator.comparing(node -> node.self().id()))
                .orElseThrow();
    }

    /** As a client does: whoever leads, and the same request again when there is no answer. */
    Answer ask(Command command) throws Exception {
        return patiently(node -> node.submit(command));
    }

    ClusterView ask(ClusterChange change) throws Exception {
        return patiently(node -> node.cluster().ask(change));
    }

    /** What can be asked of the leader. */
    interface Question<T> {
        CompletionStage<T> put(RaftNode leader);
    }

    private <T> T patiently(Question<T> question) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return question.put(leader()).toCompletableFuture().get(40, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof Unanswered) || System.nanoTime() > end) {
                    throw e;
                }
            }
        }
    }

    /** Waits until every running replica has applied what the leader has. */
    void settle() {
        long index = leader().<Long>stale(state -> state.index());
        await().pollInterval(Duration.ofMillis(5)).atMost(PATIENCE).untilAsserted(() -> {
            for (RaftNode node : running.values()) {
                assertThat(node.<Long>stale(state -> state.index()))
                        .as(node.self().id())
                        .isGreaterThanOrEqualTo(index);
            }
        });
    }

    static Command.Register register(String id, String instance) {
        return new Command.Register(id, instance, Profile.NONE, 0, 0);
    }

    static Command.Acquire acquire(long incarnation, long seq, String name) {
        return new Command.Acquire(SESSION, incarnation, new Request(seq, 1), Kind.CLAIM, name, "", 0);
    }

    static long incarnation(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.OneSession.class);
        return ((Answer.OneSession) answer).session().incarnation();
    }

    static long token(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Granted.class);
        return ((Answer.Granted) answer).grant().token();
    }

    @Override
    public void close() throws IOException {
        for (RaftNode node : nodes()) {
            node.close();
        }
        running.clear();
    }
}
