package dev.homeroom.metrics.kafka;

import dev.homeroom.metrics.FoldStore;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** How the fold is doing: for health, metrics and log. Safe to use from several threads. */
@Singleton
public class FoldStatus {
    private static final Logger LOG = Logger.getLogger(FoldStatus.class);
    private static final int GAPS_SHOWN = 10;

    /**
     * How a partition is doing.
     *
     * @param next the offset that comes next
     * @param lag records that wait behind it
     * @param trouble what it waits for, empty when all is well
     */
    public record Partition(long next, long lag, String trouble) {}

    private final MeterRegistry meters;
    private final Map<Integer, Partition> partitions = new ConcurrentHashMap<>();
    private final Deque<String> gaps = new ArrayDeque<>();
    private volatile String trouble = "";

    /** Counts in {@code meters}. */
    @Inject
    public FoldStatus(MeterRegistry meters) {
        this.meters = meters;
        meters.gauge("homeroom.metrics.fold.partitions", partitions, Map::size);
        meters.gauge("homeroom.metrics.fold.lag", partitions, FoldStatus::lag);
    }

    private static double lag(Map<Integer, Partition> partitions) {
        return partitions.values().stream().mapToLong(Partition::lag).sum();
    }

    void at(int partition, long next, long lag) {
        partitions.put(partition, new Partition(next, lag, ""));
    }

    void waits(int partition, long next, String reason) {
        Partition before = partitions.get(partition);
        partitions.put(partition, new Partition(next, before == null ? 0 : before.lag(), reason));
        if (before == null || !before.trouble().equals(reason)) {
            LOG.warnf("Partition %d waits at offset %d: %s", partition, next, reason);
        }
    }

    /** So many records wait behind a partition that stands still. */
    void lags(int partition, long lag) {
        partitions.computeIfPresent(partition, (_, at) -> new Partition(at.next(), lag, at.trouble()));
    }

    void released(int partition) {
        partitions.remove(partition);
    }

    void committed(FoldStore.Committed committed, int events) {
        count("folded", committed.fresh() - committed.folded().late());
        count("late", committed.folded().late());
        count("duplicate", events - committed.fresh());
        committed
                .folded()
                .revisions()
                .forEach(revision -> meters.counter(
                                "homeroom.metrics.episode.revisions",
                                "detector",
                                revision.episode().detector(),
                                "status",
                                revision.episode().status().word())
                        .increment());
    }

    private void count(String result, int events) {
        meters.counter("homeroom.metrics.fold.events", "result", result).increment(events);
    }

    void rejected(int partition, long offset, String reason) {
        LOG.warnf("Record %d of partition %d goes to the dead letters: %s", offset, partition, reason);
        meters.counter("homeroom.metrics.fold.rejected").increment();
    }

    void gap(int partition, long from, long to, String reason) {
        LOG.errorf("Partition %d goes on at offset %d instead of %d: %s. Input was lost", partition, to, from, reason);
        meters.counter("homeroom.metrics.fold.gaps").increment();
        synchronized (gaps) {
            gaps.addLast("partition %d: %d to %d, %s".formatted(partition, from, to, reason));
            if (gaps.size() > GAPS_SHOWN) {
                gaps.removeFirst();
            }
        }
    }

    void failed(String reason) {
        trouble = reason;
    }

    void works() {
        trouble = "";
    }

    /** What stops the fold as a whole; empty when nothing does. */
    public String trouble() {
        return trouble;
    }

    /** The partitions of this replica. */
    public SortedMap<Integer, Partition> partitions() {
        return new TreeMap<>(partitions);
    }

    /** The latest losses of input. */
    public List<String> gaps() {
        synchronized (gaps) {
            return List.copyOf(gaps);
        }
    }
}
