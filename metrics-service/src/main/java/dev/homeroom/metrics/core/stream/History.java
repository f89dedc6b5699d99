package dev.homeroom.metrics.core.stream;

import java.util.List;

/**
 * Changes of a classroom after a number, from whoever numbers them.
 *
 * @param after the number asked for
 * @param epoch of the present numbers
 * @param latest the highest number given so far
 * @param gap whether changes right after {@code after} are gone
 * @param items without a hole; unless there is a gap, the first is {@code after + 1}
 */
public record History(String classroom, long after, String epoch, long latest, boolean gap, List<Change> items) {
    public History {
        items = List.copyOf(items);
        long expected = gap && !items.isEmpty() ? items.getFirst().seq() : after + 1;
        for (Change item : items) {
            if (item.seq() != expected || !item.epoch().equals(epoch)) {
                throw new IllegalArgumentException("Change " + item.seq() + " where " + expected + " belongs");
            }
            expected++;
        }
    }
}
