package dev.homeroom.client.lock;

import dev.homeroom.client.NoAnswerException;
import dev.homeroom.client.ProblemException;
import dev.homeroom.client.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Something that this session holds: a lock, a claim or a permit. It counts as held until the earlier of its own deadline
 * and the session's lease deadline, both counted from when the request was sent; pass {@link #token} on to whatever it
 * protects, so that a holder that was paused past its deadline is refused there. Thread-safe.
 */
public final class Held implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Held.class.getName());

    private final Grants grants;
    private final Kind kind;
    private final String name;
    private final long token;
    private final Time time;
    /** One renewal at a time, so that the last answer is the present deadline. */
    private final Object renewing = new Object();

    private final Object lock = new Object();
    private final List<Consumer<GrantLoss>> told = new ArrayList<>();
    private long deadlineNanos;
    private boolean released;
    private @Nullable GrantLoss loss;
    private Time.@Nullable Alarm alarm;

    Held(Grants grants, Kind kind, GrantState grant, long deadlineNanos) {
        this.grants = grants;
        this.kind = kind;
        this.name = grant.name();
        this.token = grant.token();
        this.time = grants.time();
        this.deadlineNanos = deadlineNanos;
    }

    /** Of the resource. */
    public String name() {
        return name;
    }

    /** The fencing token: higher than that of every earlier grant of anything. */
    public long token() {
        return token;
    }

    /** Whether it is held now. */
    public boolean isHeld() {
        return remaining().isPositive();
    }

    /** How long it is held at least; zero when it is not. */
    public Duration remaining() {
        synchronized (lock) {
            if (released || loss != null) {
                return Duration.ZERO;
            }
            Duration left = left();
            return left.isNegative() ? Duration.ZERO : left;
        }
    }

    private Duration left() {
        long now = time.nanos();
        return Duration.ofNanos(Math.min(deadlineNanos - now, grants.leaseDeadlineNanos() - now));
    }

    /** Why it was lost; null while it is held and after a release. */
    public @Nullable GrantLoss loss() {
        synchronized (lock) {
            return loss;
        }
    }

    /** Has this called once when it is lost, at once when it is already; on the thread that finds out. Return soon. */
    public void onLost(Consumer<GrantLoss> stop) {
        GrantLoss known;
        synchronized (lock) {
            told.add(stop);
            known = loss;
        }
        if (known != null) {
            tell(stop, known);
        }
    }

    /**
     * Puts the deadline at now + the time to live it was granted with.
     *
     * @throws ProblemException when it is refused; after {@code stale-token} it is lost
     * @throws NoAnswerException when it is unknown whether it was renewed: the earlier deadline stands
     * @throws IllegalStateException when it is not held any more
     */
    public void renew() throws InterruptedException {
        extend(null);
    }

    /** The same with another time to live, 1 s to 24 h; so the deadline may come earlier than the present one. */
    public void renew(Duration ttl) throws InterruptedException {
        extend(AcquireOptions.failFast().withTtl(ttl).ttl());
    }

    private void extend(@Nullable Duration ttl) throws InterruptedException {
        synchronized (renewing) {
            synchronized (lock) {
                requireHeld();
                if (ttl != null) {
                    // Should the answer get lost, the shorter one may be what the coordinator has.
                    deadlineNanos = Math.min(deadlineNanos - time.nanos(), ttl.toNanos()) + time.nanos();
                }
            }
            try {
                long renewed = grants.renew(this, kind, ttl);
                synchronized (lock) {
                    deadlineNanos = renewed;
                }
            } finally {
                watch();
            }
            giveBackWhenLost();
        }
    }

    /** The renewal came through, but only after the end: nobody uses it, so others should not wait for its deadline. */
    private void giveBackWhenLost() throws InterruptedException {
        GrantLoss late = loss();
        if (late != null) {
            grants.release(this, kind);
            throw notHeld(late);
        }
    }

    private void requireHeld() {
        if (released || loss != null || !left().isPositive()) {
            throw notHeld(loss);
        }
    }

    private IllegalStateException notHeld(@Nullable GrantLoss why) {
        return new IllegalStateException(kind.label() + " " + name + " is not held any more; acquire it again."
                + (why == null ? "" : " " + why.detail()));
    }

    /**
     * Gives it back. It counts as not held from the call on, whatever comes of it: without an answer it ends by its deadline.
     *
     * @return false when it was not held any more
     */
    public boolean release() throws InterruptedException {
        synchronized (lock) {
            if (released || loss != null) {
                return false;
            }
            released = true;
            silence();
        }
        return grants.release(this, kind);
    }

    /** Gives it back and never fails: what cannot be given back ends by its deadline. */
    @Override
    public void close() {
        try {
            var unused = release();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ProblemException | NoAnswerException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    kind.label() + " " + name + " was not released and ends by its deadline",
                    e);
        }
    }

    /** Sets the alarm for the deadline anew; looks again when it rings, for the lease may have moved meanwhile. */
    void watch() {
        boolean over;
        synchronized (lock) {
            silence();
            over = !left().isPositive();
            if (!over && !released && loss == null) {
                alarm = time.after(left(), this::watch);
            }
        }
        if (over) {
            lose(new GrantLoss(GrantLoss.Reason.EXPIRED, "The deadline of " + kind.label() + " " + name + " passed."));
        }
    }

    void lose(GrantLoss reason) {
        List<Consumer<GrantLoss>> listeners;
        synchronized (lock) {
            if (released || loss != null) {
                return;
            }
            loss = reason;
            silence();
            listeners = List.copyOf(told);
        }
        grants.forget(this);
        listeners.forEach(stop -> tell(stop, reason));
    }

    private void silence() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }

    private static void tell(Consumer<GrantLoss> stop, GrantLoss reason) {
        try {
            stop.accept(reason);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "What was to stop after a loss failed", e);
        }
    }
}
