package dev.homeroom.coordinator.raft;

import static dev.homeroom.coordinator.raft.Replicas.PATIENCE;
import static dev.homeroom.coordinator.raft.Replicas.SESSION;
import static dev.homeroom.coordinator.raft.Replicas.acquire;
import static dev.homeroom.coordinator.raft.Replicas.incarnation;
import static dev.homeroom.coordinator.raft.Replicas.register;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.homeroom.coordinator.Member;
import dev.homeroom.coordinator.WaitListener;
import dev.homeroom.coordinator.codec.SnapshotCodec;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.State;
import dev.homeroom.coordinator.core.WaitEnd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to logs and snapshots; the image of a crash is a copy of a running replica's directory. */
class FaultsTest {
    /** Some of these fill a segment of the log. */
    private static final Command LARGE = new Command.GetSession("x".repeat(700_000));

    @TempDir
    Path directory;

    @Test
    void aReplicaThatLagsBehindThePurgedLogIsSentASnapshotAndAgrees_R_S5() throws Exception {
        try (Replicas replicas = new Replicas(directory, 3, 20).startAll()) {
            long incarnation = incarnation(replicas.ask(register(SESSION, "i")));
            Member lagging = replicas.follower().self();
            replicas.stop(lagging);
            for (int seq = 1; seq <= 30; seq++) {
                replicas.ask(acquire(incarnation, seq, "item-" + seq));
            }
            Path log = replicas.dataDir(replicas.leader().self());
            for (int i = 0; i < 200 && exists(log, "log_0-"); i++) {
                replicas.ask(LARGE);
            }
            for (int i = 0; i < 30; i++) {
                replicas.ask(LARGE);
            }
            await().atMost(PATIENCE).until(() -> !exists(log, "log_0-") && !exists(log, "log_inprogress_0"));
            assertThat(files(log, "snapshot."))
                    .as("kept")
                    .filteredOn(name -> !name.contains("md5"))
                    .hasSizeBetween(1, 2);

            CountDownLatch told = new CountDownLatch(1);
            RaftNode back = replicas.start(lagging);
            back.listen(new WaitListener() {
                @Override
                public void ended(List<WaitEnd> ends) {}

                @Override
                public void resynced() {
                    told.countDown();
                }
            });
            replicas.settle();
            assertThat(told.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(replicas.nodes().stream()
                                    .map(FaultsTest::snapshot)
                                    .distinct())
                            .hasSize(1));
            assertThat(replicas.fatal).isEmpty();
        }
    }

    @Test
    void aTornLastEntryIsDroppedAndTheOthersStay_R_S5() throws Exception {
        Path image = image(5);
        Path log = only(image, "log_inprogress");
        byte[] bytes = Files.readAllBytes(log);
        Files.write(log, Arrays.copyOf(bytes, end(bytes) - 6));
        Path again = directory.resolve("again");
        copy(image, again.resolve("n1"));
        try (Replicas one = new Replicas(again, 1, 1_000).startAll()) {
            assertThat(one.ask(new Command.GetSession("s-3"))).isInstanceOf(Answer.OneSession.class);
            assertThat(one.fatal).isEmpty();
        }
    }

    @Test
    void aFlippedBitInTheLogIsRefused_R_S5() throws Exception {
        Path image = image(30);
        Path log = only(image, "log_inprogress");
        byte[] bytes = Files.readAllBytes(log);
        bytes[end(bytes) / 2] ^= 0x10;
        Files.write(log, bytes);
        refuses(image);
    }

    @Test
    void aFlippedBitInTheNewestSnapshotIsRefusedWithTheReason_R_S5() throws Exception {
        try (Replicas one = new Replicas(directory, 1, 1_000).startAll()) {
            one.ask(register(SESSION, "i"));
        }
        Path data = directory.resolve("n1");
        Path snapshot = Path.of(files(data, "snapshot.").stream()
                .filter(name -> !name.endsWith("md5"))
                .findFirst()
                .orElseThrow());
        byte[] bytes = Files.readAllBytes(snapshot);
        bytes[bytes.length / 2] ^= 0x10;
        Files.write(snapshot, bytes);
        assertThat(refuses(data)).anyMatch(reason -> reason.contains("snapshot cannot be read"));
    }

    @Test
    void aSnapshotThatWasBeingWrittenDoesNoHarm_R_S5() throws Exception {
        try (Replicas one = new Replicas(directory, 1, 1_000).startAll()) {
            one.ask(register(SESSION, "i"));
        }
        Path data = directory.resolve("n1");
        Path partial = Path.of(files(data, "snapshot.").getFirst()).resolveSibling("snapshot.9_999999.partial");
        Files.write(partial, new byte[] {1, 2, 3});
        try (Replicas one = new Replicas(directory, 1, 1_000).startAll()) {
            assertThat(incarnation(one.ask(new Command.GetSession(SESSION)))).isPositive();
            assertThat(one.fatal).isEmpty();
            assertThat(partial).doesNotExist();
        }
    }

    @Test
    void aRestoredBackupBeginsAnEpochOnce_R_S5() throws Exception {
        long first = epoch(0);
        assertThat(epoch(0)).isEqualTo(first);
        long restored = first + 5_000;
        assertThat(epoch(restored)).isEqualTo(restored);
        assertThat(epoch(restored)).isEqualTo(restored);
        assertThat(epoch(0)).isEqualTo(restored);
    }

    private long epoch(long restoredAt) throws Exception {
        try (Replicas one = new Replicas(directory, 1, 1_000, restoredAt).startAll()) {
            one.ask(register(SESSION, "i"));
            return one.leader().<Long>stale(state -> state.head().epoch());
        }
    }

    /** What a single replica of that many entries leaves behind when it is killed. */
    private Path image(int entries) throws Exception {
        Path image = directory.resolve("image");
        try (Replicas one = new Replicas(directory, 1, 1_000).startAll()) {
            for (int i = 0; i < entries; i++) {
                one.ask(register("s-" + i, "i"));
            }
            copy(directory.resolve("n1"), image);
        }
        return image;
    }

    /** Starts on a damaged directory; what would have ended the process, or kept it from starting. */
    private static List<String> refuses(Path data) throws Exception {
        Path parent = data.resolveSibling("refusing");
        copy(data, parent.resolve("n1"));
        try (Replicas one = new Replicas(parent, 1, 1_000)) {
            Throwable failure = catchThrowable(one::startAll);
            if (failure == null) {
                await().atMost(PATIENCE).until(() -> !one.fatal.isEmpty());
            }
            assertThat(one.nodes()).noneMatch(RaftNode::leading);
            List<String> reasons = new java.util.ArrayList<>(one.fatal);
            if (failure != null) {
                reasons.add(String.valueOf(failure));
            }
            return reasons;
        }
    }

    private static int end(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }

    private static String snapshot(RaftNode node) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            State captured = node.stale(State::capture);
            SnapshotCodec.write(captured, out);
            return HexFormat.of().formatHex(out.toByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean exists(Path directory, String prefix) throws IOException {
        return !files(directory, prefix).isEmpty();
    }

    private static Path only(Path directory, String prefix) throws IOException {
        return Path.of(files(directory, prefix).getFirst());
    }

    private static List<String> files(Path directory, String prefix) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(path -> String.valueOf(path.getFileName()).startsWith(prefix))
                    .map(Path::toString)
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            // A file went away meanwhile.
            return files(directory, prefix);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                if (path.endsWith("in_use.lock")) {
                    continue;
                }
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }
}
