package dev.homeroom.coordinator.raft;

import dev.homeroom.coordinator.Member;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Notices the death of the leader's process sooner than its silence does. A follower keeps one connection to the leader's
 * Raft port open and sends nothing over it. When the process dies, its kernel closes the connection at once; when a new
 * one is then refused, nobody listens there any more, and an election is asked for. Only a hint: Raft's own rules decide
 * whether a vote is valid, and without the hint its timers do the same, later. A leader that it could never connect to is
 * left alone, so that a one-way network cannot make leaders flap. One thread.
 */
final class LeaderWatch implements AutoCloseable {
    /** How often to look whether somebody else leads. */
    private static final Duration LOOK = Duration.ofMillis(50);

    private static final int CONNECT_MILLIS = 500;
    /**
     * A second heir waits this long for the first, so that they do not split the votes: a first vote takes as long as a
     * connection in a JVM that has just started. 60 ms were seen to be too short.
     */
    private static final Duration RANK_DELAY = Duration.ofMillis(150);

    private static final Logger LOG = Logger.getLogger(LeaderWatch.class);

    private final String self;
    private final Supplier<Optional<Member>> leader;
    private final Supplier<List<Member>> members;
    private final Consumer<Member> found;
    private final Consumer<Member> dead;
    private final Duration pause;
    private final Thread thread;
    /** The leader that was connected to since it was last found dead; for the thread only. */
    private @Nullable Member met;

    private volatile boolean closed;

    /**
     * Begins to watch.
     *
     * @param found told of a leader that was not watched before
     * @param dead told of a leader whose process is gone, as far as one can see
     * @param pause between two such tellings
     */
    LeaderWatch(
            String self,
            Supplier<Optional<Member>> leader,
            Supplier<List<Member>> members,
            Consumer<Member> found,
            Consumer<Member> dead,
            Duration pause) {
        this.self = self;
        this.leader = leader;
        this.members = members;
        this.found = found;
        this.dead = dead;
        this.pause = pause;
        this.thread = Thread.ofPlatform().daemon().name("leader-watch-" + self).start(this::run);
    }

    private void run() {
        while (!closed) {
            try {
                Member other =
                        leader.get().filter(member -> !member.id().equals(self)).orElse(null);
                if (other == null) {
                    LockSupport.parkNanos(LOOK.toNanos());
                } else if (seenDying(other)) {
                    LockSupport.parkNanos(RANK_DELAY.toNanos() * rank(other));
                    if (leads(other) && !closed) {
                        met = null;
                        dead.accept(other);
                        LockSupport.parkNanos(pause.toNanos());
                    }
                }
            } catch (RuntimeException e) {
                LOG.warnf(e, "%s does not watch its leader for a moment", self);
                LockSupport.parkNanos(pause.toNanos());
            }
        }
    }

    /** Watches until the connection ends; true once a connection to this leader, open before, is refused. */
    private boolean seenDying(Member other) {
        try (Socket socket = connected(other)) {
            if (!other.equals(met)) {
                met = other;
                found.accept(other);
            }
            socket.setSoTimeout((int) LOOK.toMillis());
            while (open(socket)) {
                if (closed || !leads(other)) {
                    return false;
                }
            }
            // Its process may be ending right now: the next connection shows it.
            LockSupport.parkNanos(1_000_000L);
            return false;
        } catch (ConnectException e) {
            if (other.equals(met) && leads(other)) {
                return true;
            }
        } catch (IOException e) {
            LOG.debugf("%s cannot connect to its leader %s: %s", self, other.id(), e);
        }
        LockSupport.parkNanos(pause.toNanos());
        return false;
    }

    /** Whether it is still open after a short wait; what comes over it does not matter. */
    private static boolean open(Socket socket) {
        try {
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Socket connected(Member member) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(
                    new InetSocketAddress(Member.host(member.raftAddress()), Member.port(member.raftAddress())),
                    CONNECT_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private boolean leads(Member other) {
        return leader.get().filter(other::equals).isPresent();
    }

    /** The place of this replica among those who could follow. */
    private int rank(Member former) {
        return (int) members.get().stream()
                .map(Member::id)
                .filter(id -> !id.equals(former.id()) && id.compareTo(self) < 0)
                .count();
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
