package dev.homeroom.local.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the build puts the services. */
final class ServiceJars {
    private ServiceJars() {}

    /** The start jar of a service. */
    static Path of(Path root, Part part) {
        return root.resolve(part.module())
                .resolve("target")
                .resolve("quarkus-app")
                .resolve("quarkus-run.jar");
    }

    /** Throws a sentence when one is missing. */
    static void check(Path root) {
        List<String> missing = Part.services()
                .filter(part -> !Files.exists(of(root, part)))
                .map(Part::module)
                .toList();
        if (!missing.isEmpty()) {
            throw new StackException(
                    StackException.Reason.NOT_BUILT,
                    "not built yet: " + String.join(", ", missing) + "; run mvn -DskipTests package in " + root,
                    null);
        }
    }
}
