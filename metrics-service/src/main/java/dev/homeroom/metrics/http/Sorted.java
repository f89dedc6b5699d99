package dev.homeroom.metrics.http;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.metrics.edge.Body;
import dev.homeroom.metrics.edge.Reading;
import dev.homeroom.metrics.edge.Refusal;
import dev.homeroom.platform.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The events of a request, the good apart from the bad.
 *
 * @param taken to publish, in order
 * @param refused the others, in order
 * @param types the problem types among the refused
 */
record Sorted(List<MetricEvent> taken, List<Rejected> refused, Set<ProblemType> types) {

    /**
     * Sorts what was read.
     *
     * @param item what one of them is called
     * @throws ProblemException when it is not a list, but a single event that is refused
     */
    static Sorted of(Body body, String item) {
        Sorted sorted = new Sorted(new ArrayList<>(body.events().size()), new ArrayList<>(), new HashSet<>());
        for (int i = 0; i < body.events().size(); i++) {
            switch (body.events().get(i)) {
                case Reading.Taken(var event) -> sorted.taken.add(event);
                case Reading.Refused(var why)
                when body.single() -> throw new ProblemException(why.type(), "The " + item + ": " + why.detail() + ".");
                case Reading.Refused(var why) -> sorted.refuse(i, why);
            }
        }
        return sorted;
    }

    private void refuse(int index, Refusal why) {
        types.add(why.type());
        refused.add(new Rejected(index, why.type().urn(), why.detail()));
    }

    /**
     * Goes on only when nothing is refused, for formats in which a request counts as a whole.
     *
     * @throws ProblemException that lists every refused item
     */
    void requireAll(String items) {
        if (!refused.isEmpty()) {
            throw new ProblemException(
                    types.size() == 1 ? types.iterator().next() : ProblemType.INVALID,
                    "Nothing is taken, because %d of %d %s are refused."
                            .formatted(refused.size(), refused.size() + taken.size(), items),
                    Map.of("rejected", refused));
        }
    }

    Answer answer() {
        return new Answer(taken.size(), refused);
    }
}
