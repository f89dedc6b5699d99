package dev.homeroom.coordinator.core;

import dev.homeroom.coordinator.core.Rejection.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a resource can be had, and what to say when it cannot. */
final class Vacancy {
    /** When to ask again where nothing says how long it takes; the bounds of {@link Rejection#retryAfterMillis()} too. */
    private static final long SHORTEST_RETRY_MILLIS = 1_000;

    private static final long LONGEST_RETRY_MILLIS = 30_000;

    private final State state;
    private final Views views;
    private final Queues queues;

    Vacancy(State state, Views views, Queues queues) {
        this.state = state;
        this.views = views;
        this.queues = queues;
    }

    /** Whether something of it is free, whoever waits. */
    boolean free(Kind kind, String name) {
        if (kind == Kind.LIMIT) {
            return Room.ofLimit(state, name) > 0;
        }
        return state.firstOf(kind, name) == null && delay(kind, name) == null;
    }

    /** Why it cannot be had now without overtaking anybody; null when it can. */
    @Nullable
    Rejection refusal(Kind kind, String name) {
        if (kind == Kind.LIMIT) {
            if (!Room.forLimit(state, name)) {
                return Rejection.of(Reason.TOO_MANY, "at most " + Bounds.LIMITS + " limits may exist");
            }
            return Room.ofLimit(state, name) > 0 && !queues.awaited(kind, name)
                    ? null
                    : held(kind, name, null, queues.size(new ResourceKey(kind, name)) + 1);
        }
        Grant other = state.firstOf(kind, name);
        if (other == null && !queues.awaited(kind, name) && delay(kind, name) == null) {
            return null;
        }
        return held(kind, name, other, queues.size(new ResourceKey(kind, name)) + 1);
    }

    /** The refusal of one at this place of the queue. */
    Rejection held(ResourceKey resource, int position) {
        Grant other = resource.kind() == Kind.LIMIT ? null : state.firstOf(resource.kind(), resource.name());
        return held(resource.kind(), resource.name(), other, position);
    }

    private Rejection held(Kind kind, String name, @Nullable Grant other, int position) {
        String what = kind.label() + " " + name;
        Delay delay = delay(kind, name);
        if (other != null) {
            String session = other.key().session();
            return held(
                    what + " is held by session " + session, views.grant(other).holder(), position, left(other));
        }
        if (delay != null) {
            long left = delay.until() - state.now();
            return held(
                    what + " is not given to anybody for " + left + " ms: its last holder did not give it back",
                    null,
                    position,
                    left);
        }
        boolean full = kind == Kind.LIMIT && Room.ofLimit(state, name) <= 0;
        String detail = full ? "no permit of limit " + name + " is left" : what + " is free, but others wait for it";
        return held(detail, null, position, SHORTEST_RETRY_MILLIS);
    }

    private long left(Grant grant) {
        return grant.deadline() - state.now();
    }

    private static Rejection held(String detail, @Nullable Holder holder, int position, long retry) {
        long after = Math.clamp(retry, SHORTEST_RETRY_MILLIS, LONGEST_RETRY_MILLIS);
        return new Rejection(Reason.HELD, detail, holder, position, after, List.of());
    }

    /** Null when there is none, or its time is over and it waits to be swept away. */
    private @Nullable Delay delay(Kind kind, String name) {
        Delay delay = state.delays.isEmpty() ? null : state.delays.get(new ResourceKey(kind, name));
        return delay == null || delay.until() <= state.now() ? null : delay;
    }
}
