package dev.homeroom.e2e.queue;

import dev.homeroom.e2e.cluster.Door;
import dev.homeroom.e2e.cluster.Lives;
import dev.homeroom.e2e.queue.TaskAgent.Mood;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** All clients of a run: agents with their heartbeats, and an operator. Stopped at the latest by {@link #close()}. */
final class TaskLoad implements AutoCloseable {
    private static final int AGENTS = 10;
    private static final int PERMITS = 4;
    /** What is open at the end waits for leases, claims and retries of seconds. */
    private static final Duration TIDY_LIMIT = Duration.ofMinutes(3);

    private final QueueSystem system;
    private final String run;
    private final TaskLedger ledger = new TaskLedger();
    private final List<TaskSession> sessions = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile Mood mood;

    /**
     * Starts everybody.
     *
     * @param run names sessions, tasks and keys: no other run of this system has the same
     */
    TaskLoad(QueueSystem system, String run, long seed, Mood mood) {
        this.system = system;
        this.run = run;
        this.mood = mood;
        List<Door> coordinators = system.coordinatorDoors();
        system.await(
                "the limit to be set",
                () -> coordinators
                        .getFirst()
                        .put("/api/limits/" + Enqueuer.LIMIT, Map.of("permits", PERMITS))
                        .ok());
        for (int i = 0; i < AGENTS; i++) {
            TaskSession session = new TaskSession(run + "-" + i, coordinators, this::isDone);
            sessions.add(session);
            start(new TaskAgent(run, session, system.queueDoors(), ledger, new Random(seed + i), () -> this.mood));
        }
        start(new Lives(this::lives, coordinators, this::ended, this::isDone));
        start(new Operator(system.queueDoors(), ledger, new Random(seed - 1), () -> this.mood));
    }

    private void start(Runnable client) {
        threads.add(Thread.ofVirtual().start(client));
    }

    private boolean isDone() {
        return mood == Mood.DONE;
    }

    private List<Lives.Life> lives() {
        return sessions.stream().flatMap(session -> session.life().stream()).toList();
    }

    private void ended(Lives.Life life, String problem, Duration longestPause) {
        sessions.forEach(session -> session.ended(life));
    }

    TaskLedger ledger() {
        return ledger;
    }

    String name() {
        return run;
    }

    /** Returns when so many more requests were acknowledged: the queue works for its clients. */
    void awaitProgress(String when, int requests) {
        long from = ledger.acknowledgements();
        system.await(
                requests + " acknowledged requests " + when,
                () -> ledger.acknowledgements() - from >= requests
                        || !ledger.violations().isEmpty());
    }

    /** The same again and again until so much time has passed. */
    void awaitProgress(String when, int requests, Duration during) {
        long start = System.nanoTime();
        do {
            awaitProgress(when, requests);
        } while (System.nanoTime() - start < during.toNanos()
                && ledger.violations().isEmpty());
    }

    /** Nothing new comes; returns when every task of this run is over. */
    void tidy(Histories histories) {
        mood = Mood.TIDY;
        system.await(
                "every task to be over",
                TIDY_LIMIT,
                () -> !ledger.violations().isEmpty() || histories.unfinished(run) == 0);
    }

    @Override
    public void close() {
        mood = Mood.DONE;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
