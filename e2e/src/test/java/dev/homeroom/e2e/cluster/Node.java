package dev.homeroom.e2e.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One replica of the coordinator: its process, its clock and its disk. For one thread, but for {@link #door()}. */
public final class Node implements AutoCloseable {
    private final int number;
    private final Server server;
    private final Optional<Clock> clock;
    private final Optional<Disk> disk;
    private final Door door;

    Node(int number, Server server, Optional<Clock> clock, Optional<Disk> disk, Door door) {
        this.number = number;
        this.server = server;
        this.clock = clock;
        this.disk = disk;
        this.door = door;
    }

    int number() {
        return number;
    }

    /** {@code n1}, {@code n2} … */
    public String name() {
        return Network.name(number);
    }

    /** Its interface, for agents. */
    public Door door() {
        return door;
    }

    Optional<Clock> clock() {
        return clock;
    }

    Optional<Disk> disk() {
        return disk;
    }

    /** Starts it and does not wait. */
    public void start() {
        server.start();
    }

    boolean isAlive() {
        return server.isAlive();
    }

    /** SIGKILL; returns when the process is gone. */
    public void kill() {
        server.kill();
    }

    /** SIGTERM; returns when the process has stopped in order. */
    void stop() {
        server.stop();
    }

    /** SIGSTOP: the process stands still and its connections stay. */
    void pause() {
        server.pause();
    }

    /** SIGCONT. */
    void resume() {
        server.resume();
    }

    /** Returns when the process has ended by itself; false when it goes on. */
    boolean ends(Duration limit) {
        return server.ends(limit);
    }

    /** The last lines it wrote. */
    public List<String> lastWords() {
        return server.lastWords();
    }

    /** The leader as this replica sees it, if it is ready: {@code n1}, {@code n2} … */
    Optional<String> leader() {
        Door.Reply health = door.get("/q/health/ready");
        for (JsonNode check : health.body().path("checks")) {
            if (check.path("name").asText().equals("leader")
                    && check.path("status").asText().equals("UP")) {
                return Optional.of(check.path("data").path("leader").asText());
            }
        }
        return Optional.empty();
    }

    /** Whether this replica leads, as it sees it. */
    boolean leads() {
        return isAlive() && leader().filter(name()::equals).isPresent();
    }

    @Override
    public void close() {
        server.close();
        disk.ifPresent(Disk::close);
    }
}
