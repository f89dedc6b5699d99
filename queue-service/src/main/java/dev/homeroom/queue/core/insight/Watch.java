package dev.homeroom.queue.core.insight;

import java.util.List;

/** Hears of what the statements did, after each; must be quick, and never fails. Safe for concurrent use. */
public interface Watch {
    /** Hears nothing. */
    Watch NONE = new Watch() {
        @Override
        public void saw(List<? extends Seen> things) {
            // Nobody looks on.
        }
    };

    /** What happened in one statement. */
    void saw(List<? extends Seen> things);

    /** A statement was made with so many items: {@code enqueue}, {@code claim} or {@code finish}. */
    default void batch(String statement, int items) {}

    /** So many grants were refused by their rows. */
    default void refused(int grants) {}

    /** Both hear everything. */
    static Watch both(Watch first, Watch second) {
        return new Watch() {
            @Override
            public void saw(List<? extends Seen> things) {
                first.saw(things);
                second.saw(things);
            }

            @Override
            public void batch(String statement, int items) {
                first.batch(statement, items);
                second.batch(statement, items);
            }

            @Override
            public void refused(int grants) {
                first.refused(grants);
                second.refused(grants);
            }
        };
    }
}
