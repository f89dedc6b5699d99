package dev.homeroom.coordinator.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.coordinator.Member;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeaderWatchTest {
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final BlockingQueue<Member> dead = new LinkedBlockingQueue<>();
    private final BlockingQueue<Member> found = new LinkedBlockingQueue<>();
    private final Semaphore asked = new Semaphore(0);

    @Test
    void aLeaderWhoseProcessEndsIsFoundDead_R_P6() throws Exception {
        ServerSocket port = listening();
        Member leader = member(port);
        try (LeaderWatch watch = watch(leader)) {
            assertThat(watch).isNotNull();
            Socket open = port.accept();
            port.close();
            open.close();
            assertThat(dead.poll(20, TimeUnit.SECONDS)).isEqualTo(leader);
            assertThat(found).containsExactly(leader);
        }
    }

    @Test
    void aConnectionThatEndsWhileTheProcessLivesIsMadeAgain_R_P6() throws Exception {
        try (ServerSocket port = listening();
                LeaderWatch watch = watch(member(port))) {
            assertThat(watch).isNotNull();
            for (int i = 0; i < 3; i++) {
                port.accept().close();
            }
            port.accept().close();
            assertThat(dead).isEmpty();
        }
    }

    @Test
    void aLeaderThatNeverCouldBeConnectedToIsLeftAlone_R_P6() throws Exception {
        ServerSocket port = listening();
        Member leader = member(port);
        port.close();
        try (LeaderWatch watch = watch(leader)) {
            assertThat(watch).isNotNull();
            assertThat(asked.tryAcquire(30, 20, TimeUnit.SECONDS)).isTrue();
            assertThat(dead).isEmpty();
        }
    }

    private LeaderWatch watch(Member leader) {
        return new LeaderWatch(
                "n1",
                () -> {
                    asked.release();
                    return Optional.of(leader);
                },
                () -> List.of(leader),
                found::add,
                dead::add,
                PAUSE);
    }

    private static ServerSocket listening() throws Exception {
        return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    private static Member member(ServerSocket port) {
        return new Member("n2", "127.0.0.1:" + port.getLocalPort(), "127.0.0.1:1");
    }
}
