package dev.homeroom.platform.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The token this service shows to the other services: the content of the file {@code HOMEROOM_SERVICE_TOKEN_FILE}, read
 * again when the file changes, so that it can be rotated under a running service. Safe for any thread.
 */
@ApplicationScoped
public class ServiceToken {
    private record Known(FileTime changed, long size, String token) {}

    private final @Nullable Path file;
    private final AtomicReference<@Nullable Known> known = new AtomicReference<>();

    /** Of the configured file. */
    @Inject
    public ServiceToken(@ConfigProperty(name = "homeroom.service-token-file") Optional<Path> file) {
        this.file = file.orElse(null);
    }

    /**
     * The present token.
     *
     * @throws IllegalStateException when no file is configured, or it cannot be read and never could
     */
    public String get() {
        if (file == null) {
            throw new IllegalStateException("Set HOMEROOM_SERVICE_TOKEN_FILE: calls to other services need a token");
        }
        Known last = known.get();
        try {
            FileTime changed = Files.getLastModifiedTime(file);
            long size = Files.size(file);
            if (last != null && last.changed.equals(changed) && last.size == size) {
                return last.token;
            }
            Known fresh = new Known(changed, size, Files.readString(file).strip());
            known.set(fresh);
            return fresh.token;
        } catch (IOException e) {
            // While the file is being replaced the token known so far is the best there is.
            if (last != null) {
                return last.token;
            }
            throw new IllegalStateException("The service token in " + file + " cannot be read", e);
        }
    }

    /** The value of the {@code Authorization} header. */
    public String bearer() {
        return "Bearer " + get();
    }
}
