package dev.homeroom.platform.arch;

import com.tngtech.archunit.core.domain.AccessTarget.MethodCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;

/** What a pure core may use: the plain parts of the JDK, without clocks, randomness, IO, threads and logging. */
final class Purity {
    private static final Set<String> IMPURE_PACKAGES = Set.of(
            "java.io",
            "java.nio.file",
            "java.nio.channels",
            "java.net",
            "java.net.http",
            "java.sql",
            "java.util.logging");
    private static final Set<String> IMPURE_CLASSES = Set.of(
            "java.lang.Thread",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.Runtime",
            "java.time.Clock",
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.util.concurrent.ThreadLocalRandom",
            "java.security.SecureRandom");
    private static final Set<String> IMPURE_CALLS = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.System.getenv",
            "java.lang.System.getProperty",
            "java.lang.System.identityHashCode",
            "java.lang.Math.random",
            "java.util.UUID.randomUUID");

    private Purity() {}

    static boolean allows(JavaClass target) {
        if (target.isPrimitive()) {
            return true;
        }
        String packageName = target.getPackageName();
        String name = target.getFullName();
        if (packageName.startsWith("org.jspecify.annotations") || name.equals("java.io.Serializable")) {
            return true;
        }
        return packageName.startsWith("java.")
                && !IMPURE_PACKAGES.contains(packageName)
                && !IMPURE_CLASSES.contains(name);
    }

    static boolean isImpure(MethodCallTarget target) {
        String owner = target.getOwner().getFullName();
        return IMPURE_CALLS.contains(owner + "." + target.getName())
                || (owner.startsWith("java.time.") && target.getName().equals("now"));
    }
}
