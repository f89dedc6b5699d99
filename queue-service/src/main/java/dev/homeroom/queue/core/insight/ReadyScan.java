package dev.homeroom.queue.core.insight;

import dev.homeroom.queue.core.Candidate;
import dev.homeroom.queue.core.ClaimFilter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What is ready in the queue's order, as claims find it. */
@FunctionalInterface
public interface ReadyScan {
    /** The first ones that pass the filter and need none of the blocked limit keys; at most so many. */
    CompletionStage<List<Candidate>> ranked(ClaimFilter filter, Collection<String> blocked, int limit);
}
