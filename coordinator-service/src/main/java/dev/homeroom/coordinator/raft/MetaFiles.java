package dev.homeroom.coordinator.raft;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Looks after the small files of Ratis: term and vote, configuration, checksums. When the disk is full, Ratis 3.3.0 puts an
 * empty one in the place of a good one (its {@code AtomicFileOutputStream} is renamed although the write failed), and the
 * replica could never start again. So good ones are copied aside while the replica runs, and empty ones replaced before
 * it starts.
 *
 * <p>The copy of the vote may be older than the vote that was lost, and voting twice in a term would allow two leaders.
 * The replica therefore comes back {@link #TERMS_LEFT_OUT} terms later, with its vote already given, to itself.
 */
final class MetaFiles implements AutoCloseable {
    /** Far more elections than a replica can have taken part in since the last copy, a second before. */
    static final long TERMS_LEFT_OUT = 1_000_000;

    /** What is not complete yet, here and in {@link Snapshots}. */
    private static final String PARTIAL = ".partial";

    private static final String VOTE = "raft-meta";
    private static final List<String> FILES = List.of(VOTE, "raft-meta.conf");
    private static final long COPY_MILLIS = 1_000;
    private static final Logger LOG = Logger.getLogger(MetaFiles.class);

    private final String nodeId;
    private final Path current;
    private final Path kept;
    private final Path snapshots;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("meta-files").factory());

    /** Of the group of a replica that keeps its data here. */
    MetaFiles(RaftSettings raft) {
        Path group = raft.dataDir().resolve(RaftNode.GROUP.getUuid().toString());
        this.nodeId = raft.nodeId();
        this.current = group.resolve("current");
        this.kept = group.resolve("kept");
        this.snapshots = group.resolve("sm");
    }

    /** Before the replica starts: puts right what a full disk has left. */
    void repair() throws IOException {
        for (String name : FILES) {
            if (isEmpty(current.resolve(name))) {
                restore(name);
            }
        }
        if (Files.isDirectory(snapshots)) {
            try (Stream<Path> files = Files.list(snapshots)) {
                for (Path file : files.toList()) {
                    clean(file);
                }
            }
        }
    }

    /** Half a snapshot takes space for ever; an empty checksum is missed by nobody: a snapshot has another one inside. */
    private static void clean(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(PARTIAL) || (name.endsWith(".md5") && isEmpty(file))) {
            Files.delete(file);
        }
    }

    private void restore(String name) throws IOException {
        Path copy = kept.resolve(name);
        if (!Files.exists(copy)) {
            throw new IOException(
                    "the file " + current.resolve(name) + " is empty, as a full disk leaves it, and there is"
                            + " no copy of it: remove this replica from the cluster and add it anew with an empty data folder");
        }
        byte[] content = Files.readAllBytes(copy);
        write(current.resolve(name), name.equals(VOTE) ? later(content) : content);
        LOG.warnf("%s was empty, as a full disk leaves it: restored from its copy", current.resolve(name));
    }

    private byte[] later(byte[] vote) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(new String(vote, StandardCharsets.UTF_8)));
        long term = Long.parseLong(properties.getProperty("term", "0")) + TERMS_LEFT_OUT;
        return ("term=" + term + "\nvotedFor=" + nodeId + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Copies from now on, whenever something changed. */
    void start() {
        var unused = timer.scheduleWithFixedDelay(this::keep, 0, COPY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Copies what is good and new; one that cannot be copied now, for lack of space perhaps, is tried again. */
    void keep() {
        for (String name : FILES) {
            try {
                byte[] content = Files.exists(current.resolve(name)) ? Files.readAllBytes(current.resolve(name)) : null;
                Path copy = kept.resolve(name);
                if (content != null
                        && content.length > 0
                        && !(Files.exists(copy) && Arrays.equals(content, Files.readAllBytes(copy)))) {
                    Files.createDirectories(kept);
                    write(copy, content);
                }
            } catch (IOException | UncheckedIOException e) {
                LOG.debugf("%s was not copied: %s", name, e);
            }
        }
    }

    private static void write(Path target, byte[] content) throws IOException {
        Path partial = target.resolveSibling(target.getFileName() + PARTIAL);
        try (FileChannel file = FileChannel.open(
                partial, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        }
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean isEmpty(Path file) throws IOException {
        return Files.exists(file) && Files.size(file) == 0;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
