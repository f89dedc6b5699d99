package dev.homeroom.local.stack;

import dev.homeroom.local.process.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one part running: starts it, waits until it answers, starts it again when it dies, and gives up when it dies too
 * often. Thread-safe.
 */
final class Keeper {
    /** Longest start of a service on a busy machine without a cache; PostgreSQL and Kafka may recover first. */
    static final Duration START_LIMIT = Duration.ofMinutes(2);

    private enum State {
        DOWN,
        STARTING,
        READY,
        STOPPED
    }

    private final Part part;
    private final Unit unit;
    private final boolean restart;
    private final Consumer<StackEvent> listener;
    private final BiConsumer<Part, Long> started;
    private final Backoff backoff = new Backoff();
    private State state = State.DOWN;
    private boolean closed;
    private @Nullable Process process;

    /** {@code started} gets the pid of every new process. */
    Keeper(Part part, Unit unit, boolean restart, Consumer<StackEvent> listener, BiConsumer<Part, Long> started) {
        this.part = part;
        this.unit = unit;
        this.restart = restart;
        this.listener = listener;
        this.started = started;
    }

    /** Starts the part and returns when it is ready. */
    void start() {
        Process fresh = launch();
        if (!becameReady(fresh)) {
            stop();
            throw failure("did not start");
        }
    }

    /** SIGKILL; returns when the process is gone. With automatic restart it comes back by itself. */
    void kill() {
        Process victim;
        synchronized (this) {
            victim = process;
            if (state == State.READY) {
                state = State.DOWN;
            }
        }
        if (victim != null) {
            victim.destroyForcibly();
            victim.onExit().join();
        }
    }

    /** Stops it for good. */
    void stop() {
        synchronized (this) {
            if (state == State.STOPPED) {
                return;
            }
            state = State.STOPPED;
            notifyAll();
        }
        if (isAlive()) {
            listener.accept(new StackEvent.Stopping(part));
        }
        unit.stop();
    }

    /** It is not started again, whatever happens: the stack is shutting down, perhaps in the middle of its start. */
    synchronized void retire() {
        closed = true;
        notifyAll();
    }

    /** Stops and starts it. */
    void restart() {
        stop();
        start();
    }

    synchronized boolean isReady() {
        return state == State.READY;
    }

    /** Whether it answers at this moment, asked anew. */
    boolean answers() {
        return isReady() && unit.isReady();
    }

    synchronized long pid() {
        return process == null ? -1 : process.pid();
    }

    private synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    private Process launch() {
        try {
            synchronized (this) {
                if (closed) {
                    throw new StackException(
                            StackException.Reason.PART_FAILED, part.label() + " is not started any more", null);
                }
                state = State.STARTING;
                listener.accept(new StackEvent.Starting(part));
                Process fresh = unit.launch();
                process = fresh;
                started.accept(part, fresh.pid());
                Thread.ofVirtual().name("keep-" + part.id()).start(() -> watch(fresh));
                return fresh;
            }
        } catch (IOException e) {
            throw new StackException(
                    StackException.Reason.PART_FAILED, part.label() + " cannot be started: " + e.getMessage(), e);
        }
    }

    private boolean becameReady(Process fresh) {
        long start = System.nanoTime();
        boolean answered = Await.until(START_LIMIT, () -> !fresh.isAlive() || isStopped() || unit.isReady());
        synchronized (this) {
            if (closed || !answered || !fresh.isAlive() || state != State.STARTING) {
                return false;
            }
            state = State.READY;
        }
        listener.accept(new StackEvent.Ready(part, Duration.ofNanos(System.nanoTime() - start)));
        return true;
    }

    private synchronized boolean isStopped() {
        return closed || state == State.STOPPED;
    }

    /** Runs until this process ends; then, when nobody asked for that, brings a new one up. */
    private void watch(Process watched) {
        watched.onExit().join();
        boolean wasStarting;
        synchronized (this) {
            if (closed || state == State.STOPPED || process != watched) {
                return;
            }
            wasStarting = state == State.STARTING;
            state = State.DOWN;
        }
        boolean firstStart = wasStarting && backoff.isUnused();
        if (restart && !firstStart) {
            comeBack(watched);
        }
    }

    private void comeBack(Process dead) {
        if (!backoff.next()) {
            listener.accept(new StackEvent.GaveUp(part, unit.lastWords()));
            return;
        }
        listener.accept(new StackEvent.Died(part, dead.exitValue(), backoff.pause()));
        if (!pause(backoff.pause())) {
            return;
        }
        try {
            Process fresh = launch();
            if (!becameReady(fresh)) {
                fresh.destroyForcibly(); // its own watcher counts this death too
            }
        } catch (StackException e) {
            if (isStopped()) {
                return; // retired between the pause and the launch
            }
            listener.accept(new StackEvent.GaveUp(part, List.of(String.valueOf(e.getMessage()))));
        }
    }

    /** False when the part was stopped meanwhile. */
    private synchronized boolean pause(Duration pause) {
        long end = System.nanoTime() + pause.toNanos();
        try {
            for (long left = pause.toMillis(); left > 0 && !isStopped(); ) {
                wait(left);
                left = (end - System.nanoTime()) / 1_000_000;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return !isStopped();
    }

    private StackException failure(String what) {
        return new StackException(
                StackException.Reason.PART_FAILED,
                part.label() + " " + what + "; its last words:\n  " + String.join("\n  ", unit.lastWords()),
                null);
    }
}
