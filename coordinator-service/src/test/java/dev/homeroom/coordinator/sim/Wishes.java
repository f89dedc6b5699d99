package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Kind;
import dev.homeroom.coordinator.core.Strategy;
import dev.homeroom.coordinator.core.Terms;
import java.util.Map;

/** How a client acquires: the same at every submission, but for its name. */
record Wishes(Strategy strategy, long waitMillis, long lockDelayMillis) {
    static Wishes of(Schedule chance, Kind kind) {
        long delay = kind == Kind.LOCK && chance.oneIn(3) ? 200 + chance.chance(1_500) : 0;
        int which = chance.chance(kind == Kind.LIMIT ? 16 : 20);
        if (which < 6) {
            return new Wishes(Strategy.FAIL_FAST, 0, delay);
        } else if (which < 16) {
            return new Wishes(Strategy.RETRY, which == 15 ? 13_000 : 500 + chance.chance(3_500), delay);
        }
        return new Wishes(which == 19 ? Strategy.FORCE_ACQUIRE : Strategy.STEAL_STALE, 0, delay);
    }

    Terms terms(String attachment) {
        boolean force = strategy == Strategy.FORCE_ACQUIRE;
        return new Terms(
                strategy,
                waitMillis,
                true,
                attachment,
                lockDelayMillis,
                Map.of(),
                force ? "operator" : "",
                force ? "it hangs" : "");
    }
}
