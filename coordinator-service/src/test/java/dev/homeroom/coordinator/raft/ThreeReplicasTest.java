package dev.homeroom.coordinator.raft;

import static dev.homeroom.coordinator.raft.Replicas.PATIENCE;
import static dev.homeroom.coordinator.raft.Replicas.SESSION;
import static dev.homeroom.coordinator.raft.Replicas.acquire;
import static dev.homeroom.coordinator.raft.Replicas.incarnation;
import static dev.homeroom.coordinator.raft.Replicas.register;
import static dev.homeroom.coordinator.raft.Replicas.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.homeroom.coordinator.ClusterChange;
import dev.homeroom.coordinator.Member;
import dev.homeroom.coordinator.StaleAnswer;
import dev.homeroom.coordinator.Unanswered;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Profile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three replicas in this JVM, talking real Raft over loopback. */
class ThreeReplicasTest {
    @TempDir
    Path directory;

    private Replicas replicas = new Replicas(Path.of("unused"), 0, 1);

    @BeforeEach
    void start() throws Exception {
        replicas = new Replicas(directory, 3, 20).startAll();
    }

    @AfterEach
    void stop() throws Exception {
        replicas.close();
        assertThat(replicas.fatal).isEmpty();
    }

    @Test
    void losingTheLeaderLosesNothing_R_S5() throws Exception {
        long session = incarnation(replicas.ask(register(SESSION, "i")));
        List<Long> tokens = new ArrayList<>();
        tokens.add(token(replicas.ask(acquire(session, 1, "a"))));
        tokens.add(token(replicas.ask(acquire(session, 2, "b"))));

        replicas.stop(replicas.leader().self());

        assertThat(token(replicas.ask(acquire(session, 2, "b"))))
                .as("the same seq gets the first answer")
                .isEqualTo(tokens.getLast());
        tokens.add(token(replicas.ask(acquire(session, 3, "c"))));
        assertThat(tokens).doesNotHaveDuplicates().isSorted();
        assertThat(incarnation(replicas.ask(new Command.GetSession(SESSION)))).isEqualTo(session);
    }

    @Test
    void changesOfLeaderExpireNoLiveSession_R_S5() throws Exception {
        Command.Register shortLease = new Command.Register("s-2", "i", Profile.NONE, 5_000, 0);
        long incarnation = incarnation(replicas.ask(shortLease));
        for (int change = 0; change < 2; change++) {
            Member former = replicas.leader().self();
            replicas.stop(former);
            Answer beat = replicas.ask(new Command.Heartbeat("s-2", incarnation, 0, 0, List.of()));
            assertThat(beat).isInstanceOf(Answer.Beat.class);
            assertThat(((Answer.Beat) beat).leaseRemainingMillis()).isGreaterThan(4_000);
            replicas.start(former);
        }
        assertThat(replicas.ask(new Command.GetSession("s-2")))
                .isInstanceOfSatisfying(
                        Answer.OneSession.class,
                        one -> assertThat(one.session().leaseRemainingMillis()).isPositive());
    }

    @Test
    void aFollowerExecutesNothingAndKnowsTheLeader_R_L10() throws Exception {
        replicas.ask(register("s-3", "i"));
        RaftNode leader = replicas.leader();
        RaftNode follower = replicas.follower();
        await().atMost(PATIENCE).until(() -> follower.leader().isPresent());
        assertThat(follower.leader()).as("with the address for requests").contains(leader.self());
        assertThat(follower.members()).containsExactlyElementsOf(replicas.members);
        assertThat(follower.submit(register("s-4", "i")).toCompletableFuture())
                .failsWithin(PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(Unanswered.class);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(follower.<Integer>stale(state -> state.liveSessions()))
                        .isEqualTo(1));
    }

    @Test
    void allReplicasStoppedAndStartedRememberEverything_R_S5() throws Exception {
        long incarnation = incarnation(replicas.ask(register(SESSION, "i")));
        long token = token(replicas.ask(acquire(incarnation, 1, "a")));
        replicas.close();
        replicas.startAll();
        assertThat(token(replicas.ask(acquire(incarnation, 1, "a")))).isEqualTo(token);
        assertThat(token(replicas.ask(acquire(incarnation, 2, "b")))).isGreaterThan(token);
    }

    @Test
    void aFollowerAnswersStaleReadsOnlyAndSaysHowOldTheyAre_R_L10() throws Exception {
        replicas.ask(register("s-5", "i"));
        replicas.settle();
        RaftNode follower = replicas.follower();
        StaleAnswer stale = follower.stale(new Command.GetSession("s-5"));
        assertThat(stale.answer()).isInstanceOf(Answer.OneSession.class);
        assertThat(stale.appliedIndex()).isPositive();
        assertThat(stale.ageMillis()).isBetween(0L, PATIENCE.toMillis());
        assertThat(replicas.leader().stale(new Command.GetSession("s-5")).ageMillis())
                .isZero();
        assertThatThrownBy(() -> follower.stale(register("s-6", "i"))).isInstanceOf(IllegalArgumentException.class);

        for (Member member : replicas.members) {
            if (!member.equals(follower.self())) {
                replicas.stop(member);
            }
        }
        long age = follower.stale(new Command.GetSession("s-5")).ageMillis();
        await().atMost(PATIENCE)
                .until(() -> follower.stale(new Command.GetSession("s-5")).ageMillis() > age + 100);
    }

    @Test
    void theLeadershipIsHandedOverToWhoeverIsAsked_R_O3() throws Exception {
        replicas.ask(register(SESSION, "i"));
        replicas.settle();
        RaftNode follower = replicas.follower();
        replicas.ask(new ClusterChange.Transfer(follower.self().id()));
        assertThat(replicas.leader()).isSameAs(follower);
        assertThat(replicas.ask(new Command.GetSession(SESSION))).isInstanceOf(Answer.OneSession.class);
    }
}
