package dev.homeroom.coordinator.raft;

import dev.homeroom.coordinator.codec.SnapshotCodec;
import dev.homeroom.coordinator.core.State;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import org.apache.ratis.io.MD5Hash;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.util.MD5FileUtil;
import org.jspecify.annotations.Nullable;

/**
 * The snapshot files. A file appears under its name only when it is complete and on the disk. The checksum beside it is
 * the one Ratis uses when it sends a snapshot to a follower; the codec has its own inside.
 */
final class Snapshots {
    private static final String PARTIAL = ".partial";

    private final SimpleStateMachineStorage storage;

    Snapshots(SimpleStateMachineStorage storage) {
        this.storage = storage;
    }

    /** Writes a state as of a log entry; returns when it will survive a crash. */
    void write(State state, TermIndex at) throws IOException {
        File target = storage.getSnapshotFile(at.getTerm(), at.getIndex());
        Path partial = target.toPath().resolveSibling(target.getName() + PARTIAL);
        MessageDigest md5 = MD5FileUtil.newMD5();
        try (FileOutputStream file = new FileOutputStream(partial.toFile())) {
            OutputStream out = new DigestOutputStream(new BufferedOutputStream(file, 1 << 16), md5);
            SnapshotCodec.write(state, out);
            out.flush();
            file.getFD().sync();
        }
        MD5Hash digest = MD5Hash.newInstance(md5.digest());
        Files.move(partial, target.toPath(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        MD5FileUtil.saveMD5File(target, digest);
        syncDirectory(target.toPath().getParent());
        storage.updateLatestSnapshot(new SingleFileSnapshotInfo(new FileInfo(target.toPath(), digest), at));
    }

    /** Removes what a crash left half written. */
    void clean() throws IOException {
        try (DirectoryStream<Path> partials =
                Files.newDirectoryStream(storage.getSnapshotFile(0, 0).toPath().resolveSibling(""), "*" + PARTIAL)) {
            for (Path partial : partials) {
                Files.delete(partial);
            }
        }
    }

    /** What the newest snapshot holds, or null when there is none. */
    @Nullable
    Loaded load() throws IOException {
        SingleFileSnapshotInfo info = storage.loadLatestSnapshot();
        if (info == null) {
            return null;
        }
        Path file = info.getFile().getPath();
        MD5Hash expected = MD5FileUtil.readStoredMd5ForFile(file.toFile());
        MessageDigest md5 = MD5FileUtil.newMD5();
        State state;
        try (InputStream in =
                new DigestInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16), md5)) {
            state = SnapshotCodec.read(in);
            in.transferTo(OutputStream.nullOutputStream());
        }
        if (expected != null && !expected.equals(MD5Hash.newInstance(md5.digest()))) {
            throw new IOException("the snapshot " + file + " does not match its checksum");
        }
        return new Loaded(state, info.getTermIndex());
    }

    /** Log index up to which the newest snapshot reaches; -1 when there is none. */
    long latestIndex() {
        SingleFileSnapshotInfo info = storage.getLatestSnapshot();
        return info == null ? -1 : info.getIndex();
    }

    private static void syncDirectory(@Nullable Path directory) throws IOException {
        if (directory != null) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** A state and the log entry it includes last. */
    record Loaded(State state, TermIndex at) {}
}
