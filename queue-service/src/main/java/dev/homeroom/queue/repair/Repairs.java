package dev.homeroom.queue.repair;

import java.util.concurrent.atomic.LongAdder;

/** How often the sweep had to repair something; in a healthy system never. Safe for concurrent use. */
public final class Repairs {
    private final LongAdder rows = new LongAdder();
    private final LongAdder grants = new LongAdder();

    void rows(int count) {
        rows.add(count);
    }

    void grants(int count) {
        grants.add(count);
    }

    /** Claimed rows without a grant that went back to pending. */
    public long rows() {
        return rows.sum();
    }

    /** Grants without a claimed row that were released. */
    public long grants() {
        return grants.sum();
    }

    /** Both. */
    public long total() {
        return rows() + grants();
    }
}
