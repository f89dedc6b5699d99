package dev.homeroom.queue.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the coordinator granted to one {@link ClaimRequest}.
 *
 * @param grants the claims, possibly fewer than asked for
 * @param exhaustedLimits keys of limits without a free permit
 * @param problem why this session may not claim at all
 */
public record ClaimAnswer(
        List<TaskGrant> grants,
        List<String> exhaustedLimits,
        @Nullable CoordinatorProblem problem) {}
