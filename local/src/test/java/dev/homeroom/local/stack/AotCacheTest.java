package dev.homeroom.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.local.stack.StackSettings.Aot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCacheTest {
    @TempDir
    private Path directory;

    private Path program;
    private Path caches;

    @BeforeEach
    void layOut() throws Exception {
        program = Files.createDirectory(directory.resolve("app"));
        caches = directory.resolve("aot");
        Files.writeString(program.resolve("run.jar"), "one");
    }

    @Test
    void aRunWithoutACacheRecordsAndTheNextOneUsesIt() throws Exception {
        AotCache first = cache(Aot.TRAIN, "-Xmx192m");
        assertThat(first.options()).first().asString().startsWith("-XX:AOTCacheOutput=");
        Files.writeString(caches.resolve("queue.part"), "cache");
        first.publish();
        assertThat(cache(Aot.TRAIN, "-Xmx192m").options()).first().asString().startsWith("-XX:AOTCache=");
        assertThat(cache(Aot.USE, "-Xmx192m").options()).isNotEmpty();
        assertThat(cache(Aot.OFF, "-Xmx192m").options()).isEmpty();
    }

    @Test
    void otherOptionsOrOtherJarsDoNotFit() throws Exception {
        AotCache first = cache(Aot.TRAIN, "-Xmx192m");
        assertThat(first.options()).isNotEmpty();
        Files.writeString(caches.resolve("queue.part"), "cache");
        first.publish();
        assertThat(cache(Aot.USE, "-Xmx256m").options()).isEmpty();
        Files.writeString(program.resolve("run.jar"), "another");
        assertThat(cache(Aot.USE, "-Xmx192m").options()).isEmpty();
    }

    @Test
    void aRunThatWasKilledLeavesNoCache() throws Exception {
        AotCache killed = cache(Aot.TRAIN, "-Xmx192m");
        assertThat(killed.options()).isNotEmpty();
        killed.publish();
        assertThat(caches).isEmptyDirectory();
    }

    private AotCache cache(Aot mode, String option) {
        return AotCache.of(caches, "queue", program, List.of(option), mode);
    }
}
