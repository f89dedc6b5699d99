package dev.homeroom.queue.testing;

import dev.homeroom.queue.core.Holder;
import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Rejection;
import dev.homeroom.queue.core.insight.AgentSession;
import dev.homeroom.queue.core.insight.Fleet;
import dev.homeroom.queue.core.insight.LimitUse;
import dev.homeroom.queue.core.insight.SessionPage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@link Fleet} over the sessions of an {@link InMemoryAuthority}, or over those that a test shows instead. */
public final class InMemoryFleet implements Fleet {
    /** The coordinator's capacity of a limit that nobody has set. */
    public static final int UNSET = 1_000_000;

    private final InMemoryAuthority authority;
    private final Map<String, LimitUse> limits = new HashMap<>();
    private @Nullable List<AgentSession> shown;

    /** With the sessions that are registered there. */
    public InMemoryFleet(InMemoryAuthority authority) {
        this.authority = authority;
    }

    /** From now on there are these sessions and no others. */
    public synchronized void show(AgentSession... sessions) {
        shown = List.of(sessions);
    }

    /** From now on a limit stands so. */
    public synchronized void limit(LimitUse use) {
        limits.put(use.key(), use);
    }

    /** Shows what is registered again, and no limit is set. */
    public synchronized void reset() {
        shown = null;
        limits.clear();
    }

    /** A session on a host of its own. */
    public static AgentSession session(
            String id, String status, List<String> capabilities, int tasks, int most, Duration heartbeatAge) {
        var who = new Holder(id, 1, "host-" + id, "pts/7", "r", "main", "/w", heartbeatAge, null, null);
        return new AgentSession(who, status, capabilities, tasks, most);
    }

    @Override
    public synchronized CompletionStage<SessionPage> sessions(@Nullable String after, int limit) {
        return answer(() -> {
            var rest = all().tailMap(after == null ? "" : after, false).values().stream()
                    .limit(limit + 1L)
                    .toList();
            var items = rest.stream().limit(limit).toList();
            return new SessionPage(items, rest.size() > limit ? items.getLast().id() : null);
        });
    }

    @Override
    public synchronized CompletionStage<Optional<AgentSession>> session(String id) {
        return answer(() -> Optional.ofNullable(all().get(id)));
    }

    @Override
    public synchronized CompletionStage<LimitUse> limit(String key) {
        return answer(() -> limits.getOrDefault(key, new LimitUse(key, UNSET, 0, 0, List.of())));
    }

    private NavigableMap<String, AgentSession> all() {
        var all = new TreeMap<String, AgentSession>();
        if (shown != null) {
            shown.forEach(session -> all.put(session.id(), session));
            return all;
        }
        authority.agents().forEach(session -> all.put(session.id(), session));
        return all;
    }

    private <T> CompletionStage<T> answer(Supplier<T> value) {
        return authority.isAway()
                ? CompletableFuture.failedFuture(new QueueException(new Rejection.Unavailable("the coordinator")))
                : CompletableFuture.completedFuture(value.get());
    }
}
