package dev.homeroom.local.stack;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/** What a launcher leaves in its data folder while it runs, so that {@code homeroom status} can find everything. */
record StackState(long pid, Instant started, StackPorts ports) {
    static StackState of(StackSettings settings) {
        return new StackState(ProcessHandle.current().pid(), Instant.now(), settings.ports());
    }

    void write(Path file) {
        Properties p = new Properties();
        p.setProperty("pid", Long.toString(pid));
        p.setProperty("started", started.toString());
        p.setProperty("gateway", Integer.toString(ports.gateway()));
        p.setProperty("kafkaController", Integer.toString(ports.kafkaController()));
        p.setProperty("raft", Integer.toString(ports.raft()));
        for (Part part : Part.values()) {
            p.setProperty(part.id(), Integer.toString(ports.of(part)));
        }
        try (Writer writer = Files.newBufferedWriter(file)) {
            p.store(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The state of a launcher that is still alive. */
    static Optional<StackState> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties p = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            p.load(reader);
            StackPorts ports = new StackPorts(
                    number(p, "gateway"),
                    number(p, Part.COORDINATOR.id()),
                    number(p, Part.QUEUE.id()),
                    number(p, Part.METRICS.id()),
                    number(p, Part.DASHBOARD.id()),
                    number(p, Part.KAFKA.id()),
                    number(p, "kafkaController"),
                    number(p, Part.POSTGRES.id()),
                    number(p, "raft"));
            StackState state = new StackState(
                    Long.parseLong(p.getProperty("pid", "-1")),
                    Instant.parse(p.getProperty("started", Instant.EPOCH.toString())),
                    ports);
            return ProcessHandle.of(state.pid()).filter(ProcessHandle::isAlive).map(alive -> state);
        } catch (IOException | IllegalArgumentException | java.time.DateTimeException e) {
            return Optional.empty(); // a half-written file of a killed launcher
        }
    }

    private static int number(Properties p, String key) {
        return Integer.parseInt(p.getProperty(key, "0"));
    }
}
