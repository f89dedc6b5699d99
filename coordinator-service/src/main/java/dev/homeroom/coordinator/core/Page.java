package dev.homeroom.coordinator.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page being filled. It examines a bounded number of entries, so it may be short and still have a next. */
final class Page<T, K> {
    /** Entries examined for one page. */
    private static final int EXAMINED = 10_000;

    private final List<T> items = new ArrayList<>();
    private final int limit;
    private int examined;
    private @Nullable K last;
    private boolean more;

    Page(int limit) {
        this.limit = limit;
    }

    List<T> items() {
        return items;
    }

    boolean full() {
        return more;
    }

    /** Takes an entry (null: not wanted); false when the page ends before it. */
    boolean examine(K key, @Nullable T item) {
        if (items.size() == limit || examined == EXAMINED) {
            more = true;
            return false;
        }
        examined++;
        last = key;
        if (item != null) {
            items.add(item);
        }
        return true;
    }

    @Nullable
    K next() {
        return more ? last : null;
    }
}
