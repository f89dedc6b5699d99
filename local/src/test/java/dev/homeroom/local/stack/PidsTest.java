package dev.homeroom.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidsTest {
    @TempDir
    private Path directory;

    @Test
    void whatAKilledLauncherLeftIsStopped() throws Exception {
        Process left = new ProcessBuilder("sleep", "60").start();
        Pids pids = new Pids(directory);
        pids.record(Part.QUEUE, left.pid());
        List<StackEvent> events = new ArrayList<>();
        pids.stopLeftOvers(events::add);
        assertThat(left.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(events).containsExactly(new StackEvent.LeftOverStopped(Part.QUEUE, left.pid()));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aProcessThatOnlyHasTheSamePidIsLeftAlone() throws Exception {
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            Files.write(directory.resolve("queue.pid"), List.of(Long.toString(other.pid()), "12345"));
            new Pids(directory).stopLeftOvers(event -> {});
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }
}
