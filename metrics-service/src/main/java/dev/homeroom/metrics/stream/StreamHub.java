package dev.homeroom.metrics.stream;

import dev.homeroom.metrics.core.stream.Hub;
import dev.homeroom.metrics.core.stream.Input;
import dev.homeroom.metrics.core.stream.Limits;
import dev.homeroom.metrics.core.stream.Viewer;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Drives the hub: one thread takes one input after the other, so that nothing in the hub needs a lock and a slow client
 * can hold up nobody. The queue is bounded by what can be outstanding: one frame of each client, the frames on their way
 * to it, the lookups, and a fixed number of records of the topics. Safe for any thread.
 */
@Startup
@Singleton
public class StreamHub {
    private static final Logger LOG = Logger.getLogger(StreamHub.class);

    /** How often time passes for the hub: small against every time limit, and the rhythm of figures. */
    private static final long TICK_MILLIS = 200;

    /** Records of the topics that wait for the hub; the reader of a topic waits for room. */
    private static final int MOST_RECORDS = 10_000;

    private record Item(Input input, Runnable done) {}

    private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>();
    private final Semaphore records = new Semaphore(MOST_RECORDS);
    private final AtomicLong ids = new AtomicLong();
    private final Clock clock = Clock.systemUTC();
    private final Outside outside;
    private final Hub hub;
    private final Thread thread;
    private volatile boolean stopping;

    /** With these bounds, over these ports. */
    @Inject
    public StreamHub(StreamSettings settings, Receipts receipts, AlertHistory history, MeterRegistry meters) {
        this.outside = new Outside(this::offer, receipts, history);
        this.hub = new Hub(limits(settings), outside);
        this.thread = Thread.ofPlatform().name("stream-hub").daemon().unstarted(this::run);
        meters.gauge("homeroom.stream.queue", queue, BlockingQueue::size);
        meters.gauge("homeroom.stream.connections", outside, Outside::lines);
    }

    @PostConstruct
    void start() {
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        thread.interrupt();
    }

    /** Takes a connection in; the number stands for it from now on. */
    public long open(Viewer viewer, Line line) {
        long id = ids.incrementAndGet();
        outside.add(id, line);
        offer(new Input.Opened(id, viewer));
        return id;
    }

    /** The connection is gone. */
    public void closed(long id) {
        outside.remove(id);
        offer(new Input.Closed(id));
    }

    /** Hands in what a client sent; completes when the hub has dealt with it, and the next may follow. */
    public CompletionStage<Void> frame(Input input) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        queue.add(new Item(input, () -> done.complete(null)));
        return done;
    }

    /**
     * Hands in what came from a topic; waits while too much is waiting already.
     *
     * @throws InterruptedException when the reader is to stop
     */
    public void record(Input input) throws InterruptedException {
        records.acquire();
        queue.add(new Item(input, records::release));
    }

    private void offer(Input input) {
        queue.add(new Item(input, () -> {}));
    }

    private void run() {
        long nextTick = clock.millis() + TICK_MILLIS;
        while (!stopping) {
            try {
                Item item = queue.poll(Math.max(0, nextTick - clock.millis()), TimeUnit.MILLISECONDS);
                take(item);
                if (clock.millis() >= nextTick) {
                    handle(new Input.Tick());
                    nextTick = clock.millis() + TICK_MILLIS;
                }
            } catch (InterruptedException e) {
                // Only stop() interrupts.
                return;
            }
        }
    }

    private void take(@Nullable Item item) {
        if (item != null) {
            handle(item.input());
            item.done().run();
        }
    }

    private void handle(Input input) {
        try {
            hub.handle(clock.millis(), input);
        } catch (RuntimeException e) {
            LOG.errorf(e, "The stream hub failed on %s", input.getClass().getSimpleName());
        }
    }

    private static Limits limits(StreamSettings settings) {
        return new Limits(
                settings.recentPerClassroom(),
                settings.recentInAll(),
                settings.queueFrames(),
                settings.fullFor().toMillis(),
                settings.receiptTimeout().toMillis(),
                settings.silence().toMillis(),
                settings.classrooms(),
                settings.strikes(),
                16);
    }
}
