package dev.homeroom.coordinator.raft;

import static dev.homeroom.coordinator.raft.Replicas.PATIENCE;
import static dev.homeroom.coordinator.raft.Replicas.SESSION;
import static dev.homeroom.coordinator.raft.Replicas.acquire;
import static dev.homeroom.coordinator.raft.Replicas.incarnation;
import static dev.homeroom.coordinator.raft.Replicas.register;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.coordinator.ClusterChange;
import dev.homeroom.coordinator.ClusterChange.Add;
import dev.homeroom.coordinator.ClusterChange.Remove;
import dev.homeroom.coordinator.ClusterChange.View;
import dev.homeroom.coordinator.ClusterRefused;
import dev.homeroom.coordinator.ClusterView;
import dev.homeroom.coordinator.ClusterView.Seat;
import dev.homeroom.coordinator.Member;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.local.process.Directories;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members are added and removed; real Raft over loopback. */
class MembershipTest {
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
    }

    @Test
    void aWipedMemberIsRemovedAddedAgainAndKnowsEverything_R_O3() throws Exception {
        long incarnation = incarnation(replicas.ask(register(SESSION, "i")));
        for (int seq = 1; seq <= 60; seq++) {
            replicas.ask(acquire(incarnation, seq, "item-" + seq));
        }
        Member wiped = replicas.follower().self();
        replicas.stop(wiped);
        Directories.delete(replicas.dataDir(wiped));
        assertThat(ids(replicas.ask(new Remove(wiped.id())))).hasSize(2).doesNotContain(wiped.id());

        RaftNode empty = replicas.start(wiped, List.of());
        ClusterView view = replicas.ask(new Add(wiped));
        assertThat(ids(view)).hasSize(3).contains(wiped.id());
        replicas.settle();
        assertThat(empty.<Integer>stale(state -> state.grantCount())).isEqualTo(60);
        assertThat(empty.leader()).contains(replicas.leader().self());
        assertThat(ids(replicas.ask(new Add(wiped)))).as("the same again").hasSize(3);
        assertThat(replicas.fatal).isEmpty();
    }

    @Test
    void aNewMemberIsKnownToAllWithTheAddressForRequestsAndSurvivesRestarts_R_O3() throws Exception {
        replicas.ask(register(SESSION, "i"));
        Member fourth = replicas.member(4);
        replicas.start(fourth, List.of());
        assertThat(replicas.ask(new Add(fourth)).seats()).hasSize(4).allMatch(Seat::reachable);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(replicas.nodes())
                        .allSatisfy(node -> assertThat(node.members()).contains(fourth)));

        replicas.close();
        replicas.startAll();
        replicas.start(fourth, List.of());
        replicas.ask(new Command.GetSession(SESSION));
        assertThat(replicas.ask(new View()).seats()).extracting(Seat::member).contains(fourth);
        assertThat(replicas.fatal).isEmpty();
    }

    @Test
    void nothingIsRemovedThatTheRestNeedsToGoOn_R_O3() throws Exception {
        replicas.ask(register(SESSION, "i"));
        Member down = replicas.follower().self();
        replicas.stop(down);
        await().atMost(PATIENCE)
                .until(() -> replicas.ask(new View()).seats().stream().anyMatch(seat -> !seat.reachable()));
        String up = replicas.follower().self().id();
        refused(new Remove(up), ProblemType.CONFLICT, down.id());
        refused(new Remove("n9"), ProblemType.NOT_FOUND, "n9");
        refused(
                new Add(new Member(down.id(), "127.0.0.1:1", down.serviceAddress())),
                ProblemType.CONFLICT,
                "remove it before");
        assertThat(replicas.ask(new Command.GetSession(SESSION))).isInstanceOf(Answer.OneSession.class);
        assertThat(ids(replicas.ask(new Remove(down.id()))))
                .containsOnly(
                        replicas.nodes().stream().map(node -> node.self().id()).toArray(String[]::new));
    }

    private void refused(ClusterChange change, ProblemType type, String named) {
        assertThatThrownBy(() -> replicas.ask(change)).cause().isInstanceOfSatisfying(ClusterRefused.class, refused -> {
            assertThat(refused.type()).isEqualTo(type);
            assertThat(refused).hasMessageContaining(named);
        });
    }

    private static List<String> ids(ClusterView view) {
        return view.seats().stream().map(seat -> seat.member().id()).toList();
    }
}
