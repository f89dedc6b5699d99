package dev.homeroom.coordinator.core;

import dev.homeroom.coordinator.core.Rejection.Reason;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What limits and rates look like (requirements R-L5, R-L6). */
final class LimitReads {
    private final State state;

    LimitReads(State state) {
        this.state = state;
    }

    Decision get(Command.GetLimit get) {
        String wrong = Checks.name("key", get.key());
        return wrong != null
                ? Decision.reject(Reason.INVALID, wrong)
                : Decision.of(limit(state, get.key(), state.rates.get(get.key())));
    }

    /** Keys of both tables in one order. */
    Decision list(Command.ListLimits list) {
        String wrong = Checks.range("limit", list.limit(), 1, Bounds.PAGE);
        if (wrong != null) {
            return Decision.reject(Reason.INVALID, wrong);
        }
        TreeSet<String> keys = new TreeSet<>();
        firstKeys(state.limits, list, keys);
        firstKeys(state.rates, list, keys);
        Page<Answer.OneLimit, String> page = new Page<>(list.limit());
        for (String key : keys) {
            if (!page.examine(key, limit(state, key, state.rates.get(key)))) {
                break;
            }
        }
        return Decision.of(new Answer.LimitPage(page.items(), page.next()));
    }

    /** One more than the page takes, so that it knows whether it ends. */
    private static <V> void firstKeys(SortedTable<String, V> table, Command.ListLimits list, Set<String> keys) {
        int[] taken = new int[1];
        table.scan(list.after(), (key, value) -> {
            if (!key.equals(list.after())) {
                keys.add(key);
                taken[0]++;
            }
            return taken[0] <= list.limit();
        });
    }

    static Answer.OneLimit limit(State state, String key, @Nullable Bucket bucket) {
        Limit limit = state.limits.get(key);
        int permits = limit == null ? state.settings().permits() : limit.capacity(state.settings());
        Integer waiting = state.queueSizes.get(new ResourceKey(Kind.LIMIT, key));
        Answer.Rate rate = bucket == null ? null : bucket.answer(state.head.nanos());
        return new Answer.OneLimit(key, permits, limit == null ? 0 : limit.used(), waiting == null ? 0 : waiting, rate);
    }
}
