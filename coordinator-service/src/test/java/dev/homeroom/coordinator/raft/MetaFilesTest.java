package dev.homeroom.coordinator.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeroom.coordinator.Member;
import dev.homeroom.coordinator.raft.RaftSettings.SnapshotRule;
import dev.homeroom.coordinator.raft.RaftSettings.Timing;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Ratis leaves on a full disk, put right. */
class MetaFilesTest {
    @TempDir
    Path directory;

    private Path current = Path.of("");

    @BeforeEach
    void directories() throws IOException {
        current = Files.createDirectories(
                directory.resolve(RaftNode.GROUP.getUuid().toString()).resolve("current"));
    }

    @Test
    @DisplayName("R-S5 a lost vote comes back far above every term in which the replica can have voted")
    void voteComesBackLater() throws IOException {
        Files.writeString(current.resolve("raft-meta"), "#comment\nterm=7\nvotedFor=n3\n");
        Files.writeString(current.resolve("raft-meta.conf"), "configuration");
        files().keep();
        Files.writeString(current.resolve("raft-meta"), "");
        Files.writeString(current.resolve("raft-meta.conf"), "");

        files().repair();

        assertThat(vote()).containsEntry("term", "1000007").containsEntry("votedFor", "n1");
        assertThat(current.resolve("raft-meta.conf")).hasContent("configuration");
    }

    @Test
    @DisplayName("R-S5 a second loss leaves out terms once more")
    void again() throws IOException {
        Files.writeString(current.resolve("raft-meta"), "term=7\nvotedFor=n3\n");
        for (int i = 0; i < 2; i++) {
            files().keep();
            Files.writeString(current.resolve("raft-meta"), "");
            files().keep();
            files().repair();
        }
        assertThat(vote()).containsEntry("term", "2000007");
    }

    @Test
    @DisplayName("R-S5 good files stay as they are, and a fresh replica has none")
    void goodOnesStay() throws IOException {
        files().repair();
        assertThat(current).isEmptyDirectory();
        Files.writeString(current.resolve("raft-meta"), "term=7\nvotedFor=n3\n");
        files().keep();
        Files.writeString(current.resolve("raft-meta"), "term=8\nvotedFor=n2\n");
        files().repair();
        assertThat(vote()).containsEntry("term", "8").containsEntry("votedFor", "n2");
    }

    @Test
    @DisplayName("R-S5 half a snapshot and an empty checksum go; whole ones stay")
    void leftOversGo() throws IOException {
        Path snapshots = Files.createDirectories(current.resolveSibling("sm"));
        Files.writeString(snapshots.resolve("snapshot.1_9"), "whole");
        Files.writeString(snapshots.resolve("snapshot.1_9.md5"), "whole");
        Files.writeString(snapshots.resolve("snapshot.1_12"), "whole");
        Files.writeString(snapshots.resolve("snapshot.1_12.md5"), "");
        Files.writeString(snapshots.resolve("snapshot.1_15.partial"), "half");
        files().repair();
        assertThat(snapshots.toFile().list())
                .containsExactlyInAnyOrder("snapshot.1_9", "snapshot.1_9.md5", "snapshot.1_12");
    }

    @Test
    @DisplayName("R-S5 without a copy the replica refuses to start and says what to do")
    void withoutCopy() throws IOException {
        Files.writeString(current.resolve("raft-meta"), "");
        assertThatThrownBy(() -> files().repair())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("raft-meta is empty")
                .hasMessageContaining("add it anew");
    }

    private Properties vote() throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(Files.readString(current.resolve("raft-meta"))));
        return properties;
    }

    private MetaFiles files() {
        Member member = new Member("n1", "127.0.0.1:1", "127.0.0.1:2");
        MetaFiles files = new MetaFiles(new RaftSettings(
                member,
                List.of(member),
                false,
                directory,
                "127.0.0.1:1",
                new Timing(Duration.ofMillis(300), Duration.ofMillis(600)),
                new SnapshotRule(Duration.ofMinutes(2), 20, 2),
                0));
        files.close();
        return files;
    }
}
