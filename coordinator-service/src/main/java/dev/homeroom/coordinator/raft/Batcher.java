package dev.homeroom.coordinator.raft;

import dev.homeroom.coordinator.CommandMeter;
import dev.homeroom.coordinator.HandOut;
import dev.homeroom.coordinator.Unanswered;
import dev.homeroom.coordinator.Unanswered.Reason;
import dev.homeroom.coordinator.codec.BatchCodec;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Batch;
import dev.homeroom.coordinator.core.Bounds;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.raft.Stamp.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Gathers commands into log entries while this replica leads. One thread stamps and appends, so stamps are in log order;
 * what arrives while {@link #IN_FLIGHT} entries wait for their commit makes up the next one. Bounded: what does not fit
 * in the queue is refused. Thread-safe.
 */
final class Batcher implements AutoCloseable {
    /** Commands in an entry. One command an entry is 20 to 100 times slower; larger batches gained nothing. */
    static final int BATCH = 512;
    /** Entries that wait for their commit: enough to overlap the flush with the next replication. */
    static final int IN_FLIGHT = 4;
    /** Commands that may wait: a few tens of milliseconds of work. */
    static final int QUEUE = 8_192;
    /** Places of the queue that only upkeep and heartbeats may take: a flood of anything else must not end leases. */
    static final int RESERVED = 1_024;
    /** Size above which a batch is split; far below what Ratis takes, so a leader's memory stays bounded. */
    static final int ENTRY_BYTES = 1 << 20;
    /** The largest single command. */
    static final int COMMAND_BYTES = 3 << 20;
    /** How often replicated time moves at least while anything can expire. */
    static final Duration TICK = Duration.ofMillis(500);

    private static final long POLL_MILLIS = 100;
    private static final Logger LOG = Logger.getLogger(Batcher.class);

    private final Log log;
    private final CommandMeter meter;
    private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(QUEUE);
    /** Fair, so that {@link #hold} gets all of them though the batcher's thread takes one after the other. */
    private final Semaphore flights = new Semaphore(IN_FLIGHT, true);

    private final Stamp stamp = new Stamp(System::nanoTime, System::currentTimeMillis);
    /** Answers are handed out beside the apply thread, which must not wait for whoever receives them. */
    private final Executor handing = Thread::startVirtualThread;

    private final Thread thread;
    /** Whether a further round of expiry is on its way: never two. */
    private final AtomicBoolean furtherRound = new AtomicBoolean();

    /** What goes before everything else of a term. */
    private final AtomicReference<List<Waiting>> opening = new AtomicReference<>(List.of());

    private volatile long term;
    private volatile boolean expiring;
    private volatile boolean closed;
    private long tickAt;

    /** Where entries go. */
    @FunctionalInterface
    interface Log {
        /** Appends an entry; the answers come after commit and apply, or {@link Unanswered}. Never waits. */
        CompletionStage<List<Answer>> append(byte[] entry);
    }

    Batcher(String node, Log log, CommandMeter meter) {
        this.log = log;
        this.meter = meter;
        this.thread = Thread.ofPlatform().daemon().name("batcher-" + node).start(this::run);
    }

    /** This replica leads: commands are taken from now on, {@code first} before all others. */
    void lead(long newTerm, List<Command> first) {
        expiring = true;
        opening.set(first.stream().map(Waiting::reported).toList());
        term = newTerm;
    }

    /** This replica does not lead: what waits is refused. */
    void follow() {
        term = 0;
        refuseWaiting();
    }

    /**
     * Holds back what is not sent yet and waits until all that was sent is settled: then nothing of this process is on its
     * way into the log.
     *
     * @return whether that came about in time; then, and only then, {@link #goOn()} ends it
     */
    boolean hold(Duration limit) throws InterruptedException {
        return flights.tryAcquire(IN_FLIGHT, limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Sends what was held back, or refuses it when this replica does not lead any more. */
    void goOn() {
        flights.release(IN_FLIGHT);
    }

    /** Whether commands are taken. */
    boolean leading() {
        return term != 0;
    }

    /** Says whether time must move even when nobody asks for anything. */
    void expiring(boolean anything) {
        expiring = anything;
    }

    /** Queues a command; fails at once with {@link Unanswered} when it cannot. */
    CompletionStage<Answer> submit(Command command) {
        if (term == 0) {
            return CompletableFuture.failedFuture(Waiting.notLeading());
        }
        Waiting waiting = Waiting.of(command);
        if (!hasRoom(command) || !queue.offer(waiting)) {
            meter.refused();
            return CompletableFuture.failedFuture(
                    new Unanswered(Reason.OVERLOADED, QUEUE + " commands wait here already"));
        }
        if (term == 0) {
            refuseWaiting();
        }
        return waiting.answer();
    }

    private boolean hasRoom(Command command) {
        return switch (command) {
            case Command.Heartbeat _, Command.Expire _, Command.CommitCursor _, Command.ReadBacklog _ -> true;
            default -> queue.remainingCapacity() > RESERVED;
        };
    }

    private void run() {
        while (!closed) {
            try {
                if (flights.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    takeOff();
                }
            } catch (InterruptedException e) {
                break;
            } catch (RuntimeException e) {
                LOG.error("A batch was lost in the batcher", e);
            }
        }
        refuseWaiting();
    }

    /**
     * Holds a permit of {@link #flights}, which it gives back or leaves to {@link #send}. What is taken off the queue is
     * always sent or refused: nothing can interrupt it in between.
     */
    private void takeOff() throws InterruptedException {
        boolean sent = false;
        try {
            Waiting first = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (first != null || tickDue()) {
                sent = gather(first);
            }
        } finally {
            if (!sent) {
                flights.release();
            }
        }
    }

    /** False when everything was refused. */
    private boolean gather(@Nullable Waiting first) {
        long leading = term;
        List<Waiting> batch = new ArrayList<>();
        if (leading != 0) {
            batch.addAll(opening.getAndSet(List.of()));
        }
        if (first != null) {
            batch.add(first);
        }
        queue.drainTo(batch, BATCH - 1 - batch.size());
        if (leading == 0 || closed) {
            batch.forEach(Waiting::refuse);
            return false;
        }
        if (tickDue()) {
            batch.add(tick(leading));
        }
        send(leading, batch, stamp.next(leading));
        return true;
    }

    private boolean tickDue() {
        return term != 0 && expiring && System.nanoTime() - tickAt >= 0;
    }

    private Waiting tick(long leading) {
        tickAt = System.nanoTime() + TICK.toNanos();
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        var unused = answer.thenAccept(given -> expireRest(leading, given));
        return new Waiting(new Command.Expire(leading, Bounds.EXPIRE), answer);
    }

    /** Goes on when one round was not enough: one command at a time, whatever the ticks do meanwhile. */
    private void expireRest(long leading, Answer given) {
        if (given instanceof Answer.Expired expired && expired.more() && furtherRound.compareAndSet(false, true)) {
            var unused = submit(new Command.Expire(leading, Bounds.EXPIRE)).whenComplete((rest, failure) -> {
                furtherRound.set(false);
                if (failure == null) {
                    expireRest(leading, rest);
                }
            });
        }
    }

    /** Holds one permit of {@link #flights}, which the answers give back. */
    private void send(long leading, List<Waiting> batch, Times times) {
        List<Command> commands = batch.stream().map(Waiting::command).toList();
        byte[] entry;
        try {
            entry = BatchCodec.encode(new Batch(leading, times.elapsedNanos(), times.wallMillis(), commands));
        } catch (RuntimeException e) {
            flights.release();
            batch.forEach(waiting -> waiting.answer().completeExceptionally(e));
            return;
        }
        if (entry.length > ENTRY_BYTES && batch.size() > 1) {
            int half = batch.size() / 2;
            // In this order: a permit taken before would be held through every deeper split, until none is left for
            // ever.
            send(leading, batch.subList(0, half), times);
            flights.acquireUninterruptibly();
            send(leading, batch.subList(half, batch.size()), times.later());
        } else if (entry.length > COMMAND_BYTES) {
            flights.release();
            batch.forEach(waiting -> waiting.answer()
                    .completeExceptionally(new Unanswered(
                            Reason.TOO_LARGE, "a command may have " + COMMAND_BYTES + " bytes, not " + entry.length)));
        } else {
            append(batch, entry);
        }
    }

    private void append(List<Waiting> batch, byte[] entry) {
        long start = System.nanoTime();
        var unused = log.append(entry).whenComplete((answers, failure) -> {
            // Here and not beside the answers: the next entry need not wait for a thread to hand these out.
            flights.release();
            handing.execute(() -> {
                meter.batch(batch.size(), entry.length, System.nanoTime() - start, failure == null);
                HandOut.whole(() -> handOut(batch, answers, failure));
            });
        });
    }

    private static void handOut(List<Waiting> batch, List<Answer> answers, @Nullable Throwable failure) {
        if (failure != null) {
            batch.forEach(waiting -> waiting.answer().completeExceptionally(failure));
            return;
        }
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).answer().complete(answers.get(i));
        }
    }

    private void refuseWaiting() {
        List<Waiting> refused = new ArrayList<>();
        queue.drainTo(refused);
        refused.forEach(Waiting::refuse);
    }

    @Override
    public void close() {
        closed = true;
        term = 0;
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        refuseWaiting();
    }
}
