package dev.homeroom.bench.queue;

import dev.homeroom.bench.homeroom.Agents;
import dev.homeroom.bench.homeroom.Scenario;
import dev.homeroom.bench.load.Channels;
import dev.homeroom.bench.server.HomeroomCluster;
import dev.homeroom.queue.core.Owner;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/** Sessions in whose name the load claims, each with the numbers of its requests. Safe for concurrent use. */
final class HomeroomSessions {
    /** Longer than a run. */
    private static final long LEASE_SECONDS = 3_600;
    /** A release reaches the coordinator after the answer to the completion: there has to be room for two batches. */
    private static final int PLACES = 512;

    private final List<Owner> owners;
    private final AtomicLongArray seqs;

    private HomeroomSessions(List<Owner> owners) {
        this.owners = owners;
        this.seqs = new AtomicLongArray(owners.size());
    }

    static HomeroomSessions register(HomeroomCluster cluster, String prefix, int count) {
        try (Channels channels = Scenario.connect(cluster, 0, 1)) {
            Agents agents = Agents.register(channels, prefix, count, LEASE_SECONDS, PLACES);
            return new HomeroomSessions(java.util.stream.IntStream.range(0, count)
                    .mapToObj(agents::get)
                    .map(session -> new Owner(session.getId(), session.getIncarnation()))
                    .toList());
        }
    }

    Owner owner(int session) {
        return owners.get(session);
    }

    /** The number of the session's next request; it has no other under way. */
    long seq(int session) {
        return seqs.incrementAndGet(session);
    }
}
