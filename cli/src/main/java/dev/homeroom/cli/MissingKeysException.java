package dev.homeroom.cli;

import java.io.Serial;
import java.nio.file.Path;

/** The data folder has no key pair to sign with. */
final class MissingKeysException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    MissingKeysException(Path data) {
        super("no keys in " + data + ": start `homeroom up` there once, or name its data folder with --data");
    }
}
