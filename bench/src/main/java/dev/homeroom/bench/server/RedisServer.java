package dev.homeroom.bench.server;

import dev.homeroom.local.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A Redis that has every write on disk before it answers: {@code appendonly yes}, {@code appendfsync always}. */
public final class RedisServer implements AutoCloseable {
    /** The program it needs. */
    public static final String PROGRAM = "redis-server";

    private final ServerProcess process;
    private final int port;

    private RedisServer(ServerProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it on a free port. */
    public static RedisServer start(Path program, Path data) {
        int port = Ports.free(1).getFirst();
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = List.of(
                program.toString(),
                "--bind",
                Ports.LOOPBACK,
                "--port",
                Integer.toString(port),
                "--dir",
                data.toString(),
                "--appendonly",
                "yes",
                "--appendfsync",
                "always",
                "--save",
                "");
        ServerProcess process = ServerProcess.start("redis", command, Map.of(), data.resolve("redis.log"));
        return new RedisServer(process.await(() -> Ports.answers(port)), port);
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** Its process. */
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.kill();
    }
}
