package dev.homeroom.platform.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the rows of an {@link OutboxTable} to Kafka, in order, at least once: a row is sent again when the relay ends
 * between the acknowledgement and the commit of the cursor, so consumers drop events by id. Of all the relays of a
 * table, in any process, one is active; another takes its place within about a second after its connection ends.
 *
 * <p>Outages of PostgreSQL or Kafka are waited out with a growing pause (200 ms to 5 s). Thread-safe.
 */
public final class OutboxRelay implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    private static final int BATCH = 500;
    private static final int MOST_COUNTED = 10_000;
    /** The first look after activity: a row may have to wait for an older transaction to end. It doubles up to the last. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);

    private static final Duration LAST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration PAUSE_WITHOUT_SEAT = Duration.ofSeconds(1);
    private static final Duration HOUSEKEEPING = Duration.ofSeconds(10);

    private final OutboxTable table;
    private final ConnectionSource connections;
    private final OutboxPublisher publisher;
    private final Counter published;
    private final Counter failures;
    private final Semaphore signal = new Semaphore(0);
    private final Thread thread;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean active;
    private volatile long backlog;

    /**
     * A relay that does nothing until {@link #start()}.
     *
     * @param connections gives the one connection that the relay keeps for itself
     * @param bootstrapServers the Kafka brokers
     * @param registry gets {@code homeroom.outbox.active}, {@code .backlog} (counted up to 10,000, every 10 s),
     *     {@code .published} and {@code .failures}, each with the tag {@code table}
     */
    public OutboxRelay(
            OutboxTable table, ConnectionSource connections, String bootstrapServers, MeterRegistry registry) {
        this.table = table;
        this.connections = connections;
        this.publisher = new OutboxPublisher(bootstrapServers);
        this.published = registry.counter("homeroom.outbox.published", "table", table.name());
        this.failures = registry.counter("homeroom.outbox.failures", "table", table.name());
        this.thread = Thread.ofVirtual().name("outbox-" + table.name()).unstarted(this::run);
        Gauge.builder("homeroom.outbox.active", this, relay -> relay.active ? 1 : 0)
                .tag("table", table.name())
                .register(registry);
        Gauge.builder("homeroom.outbox.backlog", this, relay -> relay.backlog)
                .tag("table", table.name())
                .register(registry);
    }

    /** Begins; once only. */
    public void start() {
        thread.start();
    }

    /** Says that something was committed to the table, so that it goes out at once instead of within 200 ms. */
    public void wake() {
        if (signal.availablePermits() == 0) {
            signal.release();
        }
    }

    /** Whether this is the relay that publishes. */
    public boolean isActive() {
        return active;
    }

    /** How many rows waited when last counted, up to 10,000; 0 where another relay is the active one. */
    public long backlog() {
        return backlog;
    }

    /** Ends after the batch at hand, within 20 s; the next relay takes over where this one stopped. */
    @Override
    public void close() {
        stopping.countDown();
        wake();
        try {
            if (thread.getState() != Thread.State.NEW && !thread.join(Duration.ofSeconds(20))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Duration pause = LAST_PAUSE;
        try (publisher) {
            while (!isStopping()) {
                long before = (long) published.count();
                String failure = attempt();
                active = false;
                backlog = 0;
                if (failure == null) {
                    continue;
                }
                failures.increment();
                pause = published.count() > before ? LAST_PAUSE : doubled(pause, LONGEST_PAUSE_AFTER_FAILURE);
                LOG.warnf("Outbox %s: %s; going on in %d ms", table.name(), failure, pause.toMillis());
                if (stopsWithin(pause)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            LOG.debugf("Outbox %s was interrupted", table.name());
        }
    }

    /** One connection's life; returns what ended it, or null when the relay was told to stop. */
    private @Nullable String attempt() throws InterruptedException {
        try (RelaySeat seat = RelaySeat.open(connections, table.name())) {
            boolean taken = seat.tryTake();
            while (!taken && !stopsWithin(PAUSE_WITHOUT_SEAT)) {
                taken = seat.tryTake();
            }
            if (taken) {
                LOG.infof("Outbox %s is relayed from here", table.name());
                active = true;
                relay(seat);
            }
            return null;
        } catch (SQLException e) {
            return "the database failed: " + e.getMessage();
        } catch (ExecutionException e) {
            return "Kafka failed: " + e.getCause();
        } catch (TimeoutException | KafkaException e) {
            return "Kafka failed: " + e;
        } catch (RuntimeException e) {
            LOG.errorf(e, "Outbox %s: a row cannot be sent", table.name());
            return "a row cannot be sent: " + e;
        }
    }

    private void relay(RelaySeat seat) throws SQLException, InterruptedException, ExecutionException, TimeoutException {
        Cursor cursor = table.cursor(seat.connection());
        Duration pause = FIRST_PAUSE;
        long counted = System.nanoTime() - HOUSEKEEPING.toNanos();
        while (!isStopping()) {
            if (System.nanoTime() - counted >= HOUSEKEEPING.toNanos()) {
                counted = System.nanoTime();
                table.prune(seat.connection(), cursor, MOST_COUNTED);
                backlog = table.backlog(seat.connection(), cursor, MOST_COUNTED);
            }
            List<OutboxEntry> batch = table.read(seat.connection(), cursor, BATCH);
            if (batch.isEmpty()) {
                boolean woken = await(pause);
                pause = woken ? FIRST_PAUSE : doubled(pause, LAST_PAUSE);
                continue;
            }
            cursor = carry(seat, cursor, batch);
            pause = FIRST_PAUSE;
        }
    }

    private Cursor carry(RelaySeat seat, Cursor cursor, List<OutboxEntry> batch)
            throws SQLException, InterruptedException, ExecutionException, TimeoutException {
        publisher.publish(batch);
        Cursor reached = batch.getLast().at();
        if (!table.advance(seat.connection(), cursor, reached)) {
            throw new SQLException("another relay has moved the cursor of " + table.name());
        }
        published.increment(batch.size());
        return reached;
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private boolean stopsWithin(Duration pause) throws InterruptedException {
        return stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private boolean await(Duration pause) throws InterruptedException {
        boolean woken = signal.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS);
        signal.drainPermits();
        return woken;
    }

    private static Duration doubled(Duration pause, Duration most) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(most) < 0 ? twice : most;
    }
}
