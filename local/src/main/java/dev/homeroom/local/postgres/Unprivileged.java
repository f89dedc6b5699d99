package dev.homeroom.local.postgres;

import dev.homeroom.local.process.Children;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * How to run PostgreSQL, which refuses to run as root: an ordinary user runs it as is; root runs it in a user namespace
 * of its own, where it is nobody and still owns its files; where namespaces are forbidden, as the user nobody.
 *
 * @param prefix the words before the command
 * @param otherUser whether files must be handed over to that user first
 */
record Unprivileged(List<String> prefix, boolean otherUser) {
    private static final int NOBODY = 65534;

    static Unprivileged detect() throws IOException {
        if (!System.getProperty("user.name", "").equals("root")) {
            return new Unprivileged(List.of(), false);
        }
        if (Children.succeeds("unshare", "-U", "true")) {
            return new Unprivileged(List.of("unshare", "-U"), false);
        }
        List<String> nobody = List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--");
        if (Children.succeeds(with(nobody, "true"))) {
            return new Unprivileged(nobody, true);
        }
        throw new IOException("PostgreSQL does not run as root, and neither unshare nor setpriv works here:"
                + " run as an ordinary user");
    }

    /** Gives a directory and what it holds to the user that PostgreSQL runs as. */
    void own(Path directory) throws IOException {
        if (!otherUser) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) throws IOException {
                return chown(dir);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                return chown(file);
            }
        });
        if (!Children.succeeds(with(prefix, "test", "-x", directory.toString()))) {
            throw new IOException("PostgreSQL would run as the user nobody, who cannot reach " + directory
                    + ": choose another data directory");
        }
    }

    private static FileVisitResult chown(Path path) throws IOException {
        Files.setAttribute(path, "unix:uid", NOBODY);
        Files.setAttribute(path, "unix:gid", NOBODY);
        return FileVisitResult.CONTINUE;
    }

    private static String[] with(List<String> prefix, String... command) {
        List<String> line = new java.util.ArrayList<>(prefix);
        line.addAll(List.of(command));
        return line.toArray(String[]::new);
    }
}
