package dev.homeroom.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceTokenTest {
    @TempDir
    Path directory;

    @Test
    void readsTheFileAgainWhenItChanges() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "first\n");
        ServiceToken token = new ServiceToken(Optional.of(file));
        assertThat(token.bearer()).isEqualTo("Bearer first");
        Files.writeString(file, "the second");
        assertThat(token.get()).isEqualTo("the second");
        Files.delete(file);
        assertThat(token.get()).as("while it is being replaced").isEqualTo("the second");
    }

    @Test
    void saysWhatIsMissing() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new ServiceToken(Optional.empty()).get())
                .withMessageContaining("HOMEROOM_SERVICE_TOKEN_FILE");
        assertThatIllegalStateException()
                .isThrownBy(() -> new ServiceToken(Optional.of(directory.resolve("none"))).get());
    }
}
