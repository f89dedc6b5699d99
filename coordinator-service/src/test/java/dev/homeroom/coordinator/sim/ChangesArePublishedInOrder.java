package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Change;
import dev.homeroom.coordinator.core.Cursor;
import dev.homeroom.coordinator.core.Gap;
import dev.homeroom.coordinator.core.Published;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every change reaches Kafka at least once and always with the same id; first times come in order; what does not is told
 * as a gap. So a consumer that knows ids sees each change once, in order (R-L9).
 */
final class ChangesArePublishedInOrder extends Invariant {
    private final Map<Cursor, Change> made = new TreeMap<>();
    private final Map<Cursor, Change> published = new TreeMap<>();
    private final List<Gap> gaps = new ArrayList<>();
    private Cursor last = Cursor.START;

    @Override
    void step(Step step, Chart chart) {
        for (Published change : step.changes()) {
            Change before = made.put(change.at(), change.change());
            must(before == null, "two changes have the id " + change.at());
        }
    }

    @Override
    void published(Published change) {
        must(change.change().equals(made.get(change.at())), change + " was published, but did not happen so");
        if (published.put(change.at(), change.change()) == null) {
            must(
                    change.at().compareTo(last) > 0 || inGap(change.at()),
                    change + " was published for the first time after " + last);
            last = last.compareTo(change.at()) > 0 ? last : change.at();
        }
    }

    @Override
    void gap(Gap gap) {
        gaps.add(gap);
    }

    private boolean inGap(Cursor at) {
        return gaps.stream()
                .anyMatch(gap -> gap.from().compareTo(at) <= 0 && gap.to().compareTo(at) >= 0);
    }

    @Override
    void over(Simulation simulation, Chart chart) {
        made.keySet()
                .forEach(at -> must(published.containsKey(at) || inGap(at), made.get(at) + " was never published"));
    }
}
