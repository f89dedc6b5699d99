package dev.homeroom.local.stack;

import dev.homeroom.local.process.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What runs on a data folder, seen from another process.
 *
 * @param pid of the launcher
 * @param started when it was ready
 * @param address the one origin
 * @param parts every part
 */
public record StackStatus(long pid, Instant started, URI address, List<PartStatus> parts) {
    /**
     * One part.
     *
     * @param name as in {@link Part#id}, or {@code launcher} (which is the gateway too)
     * @param pid -1 when it does not run
     * @param ready whether it answered now
     * @param residentBytes its memory; -1 where the system does not tell
     */
    public record PartStatus(String name, long pid, int port, boolean ready, long residentBytes) {}

    /** Asks every part; empty when no launcher runs on this folder. A few seconds at most for each part that hangs. */
    public static Optional<StackStatus> of(Path data) {
        Path run = data.toAbsolutePath().normalize().resolve("run");
        return StackState.read(run.resolve("stack.properties")).map(state -> ask(state, new Pids(run)));
    }

    private static StackStatus ask(StackState state, Pids pids) {
        URI address =
                URI.create("http://" + Ports.LOOPBACK + ":" + state.ports().gateway());
        List<PartStatus> parts = new ArrayList<>();
        parts.add(new PartStatus(
                "launcher",
                state.pid(),
                state.ports().gateway(),
                Ports.answers(state.ports().gateway()),
                residentBytes(state.pid())));
        for (Part part : Part.values()) {
            long pid = pids.find(part).map(ProcessHandle::pid).orElse(-1L);
            int port = state.ports().of(part);
            parts.add(new PartStatus(part.id(), pid, port, isReady(part, port), residentBytes(pid)));
        }
        return new StackStatus(state.pid(), state.started(), address, List.copyOf(parts));
    }

    private static boolean isReady(Part part, int port) {
        return part.isService()
                ? Http.isOk(URI.create("http://" + Ports.LOOPBACK + ":" + port + "/q/health/ready"))
                : Ports.answers(port);
    }

    /** PostgreSQL's children are not counted: their memory is shared with the first process for the most part. */
    private static long residentBytes(long pid) {
        Path file = Path.of("/proc", Long.toString(pid), "status");
        if (pid < 0 || !Files.exists(file)) {
            return -1;
        }
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) << 10;
                }
            }
            return -1;
        } catch (IOException e) {
            return -1;
        }
    }
}
