package dev.homeroom.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts child processes that end with this process, even when it is killed with SIGKILL: on Linux the kernel signals
 * them ({@code setpriv --pdeathsig}). Elsewhere they can outlive it; who starts long-lived ones records their pid.
 * Thread-safe.
 */
public final class Children {
    private static final boolean LINUX =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
    private static final boolean SETPRIV = LINUX && succeeds("setpriv", "--pdeathsig", "TERM", "true");
    /** Ctrl-C goes to the whole process group of the terminal; children must get theirs from us, in order. */
    private static final boolean SETSID = LINUX && succeeds("setsid", "true");
    /** The kernel signals on the death of the parent *thread*, so all children have one that lives as long as the JVM. */
    private static final ExecutorService SPAWNER = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("spawner").factory());

    private Children() {}

    /**
     * Starts a process with stdout and stderr together on its output stream.
     *
     * @param prefix how to become another user first, may be empty
     * @param command the program and its arguments
     * @param environment added to ours
     * @param signalOnOurDeath without {@code SIG}, e.g. {@code TERM}
     * @throws IOException when the program cannot be started
     */
    public static Process start(
            List<String> prefix, List<String> command, Map<String, String> environment, String signalOnOurDeath)
            throws IOException {
        List<String> line = new ArrayList<>(prefix);
        if (SETSID) {
            line.add("setsid");
        }
        if (SETPRIV) {
            line.addAll(List.of("setpriv", "--pdeathsig", signalOnOurDeath, "--"));
        }
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return onSpawner(builder::start);
    }

    /** Whether a program can be run here and exits with 0; false also when it does not exist. */
    public static boolean succeeds(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Sends a signal by name ({@code INT}, {@code KILL}, …) to a process; false when it is gone. */
    public static boolean signal(long pid, String name) {
        return succeeds("kill", "-" + name, Long.toString(pid));
    }

    /**
     * Asks a process to end (SIGTERM). Unlike {@link Process#destroy} it leaves its output open: last words, and the
     * writing of a start-up cache, need it.
     */
    public static void terminate(Process process) {
        process.toHandle().destroy();
    }

    /** The class path of this JVM for a child JVM: absolute, so that it holds in another working directory. */
    public static String classPath() {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path", "").split(java.io.File.pathSeparator, -1)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(java.io.File.pathSeparator, entries);
    }

    /** The {@code java} of the JDK that runs us. */
    public static String java() {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return Files.isExecutable(java) ? java.toString() : "java";
    }

    private static Process onSpawner(Callable<Process> start) throws IOException {
        try {
            return SPAWNER.submit(start).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a process was started", e);
        }
    }
}
