package dev.homeroom.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    private Path directory;

    @Test
    void aSecondLauncherIsToldWhoHasTheFolder() {
        try (DataFolder first = DataFolder.open(directory)) {
            assertThat(first.run()).isDirectory();
            assertThatExceptionOfType(StackException.class)
                    .isThrownBy(() -> DataFolder.open(directory))
                    .withMessageContaining(Long.toString(ProcessHandle.current().pid()))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(StackException.Reason.IN_USE));
        }
        DataFolder.open(directory).close();
    }

    @Test
    void aFileInItsPlaceIsASentence() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "x");
        assertThatExceptionOfType(StackException.class)
                .isThrownBy(() -> DataFolder.open(file))
                .withMessageContaining("--data")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(StackException.Reason.NO_DATA_DIRECTORY));
    }
}
