package dev.homeroom.client.session;

import dev.homeroom.client.Connection;
import dev.homeroom.client.ProblemException;
import dev.homeroom.client.time.Time;
import dev.homeroom.contracts.problem.ProblemType;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps one session alive (requirement R-S2): heartbeats at its interval on a virtual thread, tells listeners what the
 * coordinator says, and gives up once, with the reason, after some failures in a row, when the lease is over, or when the
 * coordinator says that the session is over. Thread-safe.
 */
public final class HeartbeatManager implements AutoCloseable {
    private enum Phase {
        IDLE,
        RUNNING,
        LOST
    }

    private final SessionClient client;
    private final Session session;
    private final HeartbeatSettings settings;
    private final Time time;
    private final Sequencer sequencer = new Sequencer();
    private final Report report = new Report();
    private final Listeners listeners = new Listeners();
    private final Tidings tidings = new Tidings(listeners);
    private final CountDownLatch lost = new CountDownLatch(1);
    private final AtomicReference<HeartbeatStatistics> statistics;
    /** One heartbeat at a time, so that answers are taken in the order of the requests. */
    private final ReentrantLock beating = new ReentrantLock();

    private final Object phaseLock = new Object();
    private Phase phase = Phase.IDLE;
    /** Counts the starts: alarms of an earlier one do nothing. */
    private long run;

    /** Of a registered session, over the connection by which it was registered; {@link #start} begins. */
    public HeartbeatManager(Connection connection, Registration registration, HeartbeatSettings settings) {
        this.client = new SessionClient(connection);
        this.session = registration.session();
        this.settings = settings;
        this.time = connection.time();
        this.statistics = new AtomicReference<>(HeartbeatStatistics.none(registration.leaseDeadlineNanos()));
    }

    /** The session as it was registered. */
    public Session session() {
        return session;
    }

    /** The numbers of this incarnation's requests; heartbeats report the lowest open one. */
    public Sequencer sequencer() {
        return sequencer;
    }

    /** Opens when the session is lost. */
    public CountDownLatch lost() {
        return lost;
    }

    /** Tells this listener too; one that comes after the loss is told at once. */
    public void listen(SessionListener listener) {
        listeners.add(listener);
    }

    /**
     * Heartbeats from now on, the first time at once. While it runs, a second call does nothing.
     *
     * @throws IllegalStateException when the session is lost: register again
     */
    public void start() {
        long mine;
        synchronized (phaseLock) {
            if (phase == Phase.LOST) {
                throw new IllegalStateException(
                        "Session " + session.id() + " is lost; register it with a new instance.");
            }
            if (phase == Phase.RUNNING) {
                return;
            }
            phase = Phase.RUNNING;
            mine = ++run;
        }
        watchLease(mine);
        beatAfter(mine, Duration.ZERO);
    }

    /** Stops heartbeating without a word to listeners; the lease runs out unless {@link #start} comes again. */
    public void stop() {
        synchronized (phaseLock) {
            if (phase == Phase.RUNNING) {
                phase = Phase.IDLE;
            }
        }
    }

    /** The same as {@link #stop}. */
    @Override
    public void close() {
        stop();
    }

    /** Whether it heartbeats and the lease lives, decided now and not when an alarm comes round. */
    public boolean isActive() {
        synchronized (phaseLock) {
            return phase == Phase.RUNNING && leaseLeft().isPositive();
        }
    }

    /** How it went so far. */
    public HeartbeatStatistics statistics() {
        return statistics.get();
    }

    /** When the lease ends, on the monotonic clock, counted from when the last answered request was sent. */
    public long leaseDeadlineNanos() {
        return statistics.get().leaseDeadlineNanos();
    }

    /** Marks progress, which is another thing than being alive: without it a session becomes stale (requirement R-S3). */
    public void active() {
        report.active(time.instant());
    }

    /**
     * Reports figures such as tokens or cost with the next heartbeat. They are running totals: the latest wins, and one that
     * is told twice does no harm. At most 16 names.
     */
    public void usage(Map<String, ? extends Number> totals) {
        report.usage(totals);
    }

    /**
     * Heartbeats now, on this thread, after one that is under way; it counts like any other.
     *
     * @return whether the coordinator answered; false too when it is not active
     */
    public boolean ping() throws InterruptedException {
        beating.lockInterruptibly();
        try {
            return isRunning() && !isLeaseOver() && beat();
        } finally {
            beating.unlock();
        }
    }

    private boolean isRunning() {
        synchronized (phaseLock) {
            return phase == Phase.RUNNING;
        }
    }

    private boolean isCurrent(long mine) {
        synchronized (phaseLock) {
            return phase == Phase.RUNNING && run == mine;
        }
    }

    private void beatAfter(long mine, Duration delay) {
        var unused = time.after(delay, () -> round(mine));
    }

    private void round(long mine) {
        if (!isCurrent(mine)) {
            return;
        }
        long began = time.nanos();
        try {
            ping();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (isCurrent(mine)) {
            beatAfter(mine, interval().minusNanos(time.nanos() - began));
        }
    }

    private Duration interval() {
        long nanos = session.heartbeatInterval().toNanos();
        return Duration.ofNanos(nanos
                - (long)
                        (nanos * settings.jitter() * ThreadLocalRandom.current().nextDouble()));
    }

    private void watchLease(long mine) {
        if (isCurrent(mine) && !isLeaseOver()) {
            var unused = time.after(leaseLeft(), () -> watchLease(mine));
        }
    }

    private Duration leaseLeft() {
        return Duration.ofNanos(leaseDeadlineNanos() - time.nanos());
    }

    private boolean isLeaseOver() {
        boolean over = !leaseLeft().isPositive();
        if (over) {
            lose(
                    Loss.Reason.LEASE_OVER,
                    "The lease of session " + session.id() + " ended before a heartbeat was answered.");
        }
        return over;
    }

    private boolean beat() throws InterruptedException {
        Heartbeat heartbeat = report.take(session.incarnation(), sequencer.unanswered(), tidings.seen());
        long began = time.nanos();
        statistics.updateAndGet(HeartbeatStatistics::oneSent);
        try {
            Beat beat = client.heartbeat(session.id(), heartbeat, timeout());
            Duration roundTrip = Duration.ofNanos(time.nanos() - began);
            statistics.updateAndGet(s -> s.oneAnswered(time.instant(), roundTrip, beat.leaseDeadlineNanos()));
            report.told(heartbeat);
            if (isRunning()) {
                tidings.pass(beat);
            }
            return true;
        } catch (ProblemException e) {
            // First: that it has ended is a better reason than that it was the third failure.
            end(e);
            failed(e);
        } catch (RuntimeException e) {
            failed(e);
        }
        return false;
    }

    private Duration timeout() {
        Duration bound = settings.timeout();
        for (Duration other : new Duration[] {session.heartbeatInterval(), leaseLeft()}) {
            bound = other.compareTo(bound) < 0 ? other : bound;
        }
        return bound;
    }

    private void failed(RuntimeException reason) {
        int failures = statistics.updateAndGet(HeartbeatStatistics::oneFailed).consecutiveFailures();
        if (failures >= settings.failures()) {
            lose(
                    Loss.Reason.FAILURES,
                    failures + " heartbeats of session " + session.id() + " in a row failed; the last: "
                            + reason.getMessage());
        }
    }

    private void end(ProblemException problem) {
        if (problem.is(ProblemType.STALE_INCARNATION)) {
            lose(Loss.Reason.STALE_INCARNATION, problem.detail());
        } else if (problem.is(ProblemType.SESSION_ENDED) || problem.is(ProblemType.NOT_FOUND)) {
            // Not found: it ended so long ago that the coordinator has forgotten it.
            lose(Loss.Reason.SESSION_ENDED, problem.detail());
        }
    }

    private void lose(Loss.Reason reason, String detail) {
        synchronized (phaseLock) {
            if (phase != Phase.RUNNING) {
                return;
            }
            phase = Phase.LOST;
        }
        lost.countDown();
        listeners.lost(new Loss(reason, detail));
    }
}
