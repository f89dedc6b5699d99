package dev.homeroom.local.testing;

import org.jspecify.annotations.Nullable;

/**
 * One value per JVM. Quarkus loads the test resources with more than one class loader, so a static field would give
 * several servers; the address goes into a system property, and an interned string is the lock that all of them share.
 */
final class Shared {
    /** Makes the value. */
    interface Maker {
        String make() throws Exception;
    }

    private Shared() {}

    /** The value of this property, made on first use. */
    @SuppressWarnings("LockOnNonEnclosingClassLiteral") // the system properties are what every class loader shares
    static String value(String property, Maker maker) {
        synchronized (System.class) {
            String present = System.getProperty(property);
            if (present != null) {
                return present;
            }
            try {
                String made = maker.make();
                System.setProperty(property, made);
                return made;
            } catch (Exception e) {
                throw new IllegalStateException("the test server behind " + property + " did not start", e);
            }
        }
    }

    /** The setting from a system property or the environment, or null. */
    static @Nullable String override(String property) {
        String value = System.getProperty(property);
        return value != null
                ? value
                : System.getenv(property.toUpperCase(java.util.Locale.ROOT).replaceAll("[.-]", "_"));
    }

    /** Runs when the JVM ends by itself or by SIGTERM; after SIGKILL the kernel ends the children. */
    static void atExit(Runnable action) {
        Runtime.getRuntime().addShutdownHook(new Thread(action, "stop-test-server"));
    }
}
