package dev.homeroom.local.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs actions at the same time. */
final class Together {
    private Together() {}

    /** Returns when all have ended; the first failure is thrown then, with the others as suppressed. */
    static void run(List<Runnable> actions) {
        List<RuntimeException> failures = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (Runnable action : actions) {
                running.add(threads.submit(action));
            }
            for (Future<?> one : running) {
                await(one, failures);
            }
        }
        if (!failures.isEmpty()) {
            RuntimeException first = failures.removeFirst();
            failures.forEach(first::addSuppressed);
            throw first;
        }
    }

    private static void await(Future<?> one, List<RuntimeException> failures) {
        try {
            one.get();
        } catch (ExecutionException e) {
            failures.add(e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failures.add(new IllegalStateException("interrupted", e));
        }
    }
}
