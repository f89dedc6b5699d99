package dev.homeroom.local.postgres;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How one server runs.
 *
 * @param cache where the programs are unpacked
 * @param data the data directory, created when it does not exist
 * @param log where the server's messages go
 * @param port on 127.0.0.1
 * @param durable false switches fsync off, for tests only: a commit then survives a killed process but not a power cut
 */
public record PostgresSettings(Path cache, Path data, Path log, int port, boolean durable) {

    /** The place for unpacked programs that all data directories of this user share. */
    public static Path userCache() {
        if (System.getProperty("user.name", "").equals("root")) {
            return Path.of("/var/cache/homeroom");
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path caches = xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return caches.resolve("homeroom");
    }

    /**
     * Sized for a laptop that runs everything. A large {@code min_wal_size} keeps WAL segments for reuse: enqueue p99
     * fell from 50-75 to 12-24 ms (measured). Autovacuum looks every 5 s instead of every minute: a table whose rows live
     * for seconds grows until the next look. (Not in tests: a database at which it works cannot be dropped by its owner.)
     */
    List<String> serverOptions() {
        Map<String, String> options = new TreeMap<>(Map.of(
                "listen_addresses", "127.0.0.1",
                "unix_socket_directories", "",
                "max_connections", "100",
                "shared_buffers", durable ? "128MB" : "64MB",
                "min_wal_size", durable ? "512MB" : "80MB",
                "max_wal_size", "1GB",
                "autovacuum_naptime", durable ? "5s" : "1min",
                "jit", "off",
                "timezone", "UTC",
                "log_timezone", "UTC"));
        options.put("fsync", durable ? "on" : "off");
        options.put("synchronous_commit", durable ? "on" : "off");
        options.put("full_page_writes", durable ? "on" : "off");
        List<String> arguments = new ArrayList<>(List.of("-D", data.toString(), "-p", Integer.toString(port)));
        options.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
        return arguments;
    }
}
