package dev.homeroom.queue.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the coordinator granted to one {@link ClaimRequest}.
 *
 * @param grants the claims, possibly fewer than asked for
 * @param exhaustedLimits keys of limits without a free permit
 * @param problem why this session may not claim at all
 * @param full whether the session may hold no further task
 * @param place where the session works, known with grants
 */
public record ClaimAnswer(
        List<TaskGrant> grants,
        List<String> exhaustedLimits,
        @Nullable CoordinatorProblem problem,
        boolean full,
        Place place) {
    /** Of a session that may hold more, and of which no place is known. */
    public ClaimAnswer(List<TaskGrant> grants, List<String> exhaustedLimits, @Nullable CoordinatorProblem problem) {
        this(grants, exhaustedLimits, problem, false, Place.UNKNOWN);
    }
}
