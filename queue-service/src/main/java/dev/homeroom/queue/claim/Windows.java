package dev.homeroom.queue.claim;

import dev.homeroom.queue.core.Candidate;
import dev.homeroom.queue.core.ClaimFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Which candidates each claim of a round is offered. The claims of one filter share one scan; each begins where those
 * before it may end, and sees {@link ClaimRound#SLACK} more than it wants. So a round of many claims neither sends every
 * candidate to every session nor offers all of them the same few.
 */
final class Windows {
    private Windows() {}

    /**
     * @param taken what other rounds are about to claim; what this one offers is added
     * @param mine takes down what was added
     */
    static List<List<Candidate>> of(
            List<Claim> claims, Map<ClaimFilter, List<Candidate>> scans, Set<UUID> taken, List<UUID> mine) {
        var free = new HashMap<ClaimFilter, List<Candidate>>();
        scans.forEach((filter, candidates) -> free.put(
                filter,
                candidates.stream().filter(c -> !taken.contains(c.task())).toList()));
        var begins = new HashMap<ClaimFilter, Integer>();
        var windows = new ArrayList<List<Candidate>>(claims.size());
        for (var claim : claims) {
            var only = claim.only();
            if (only != null) {
                windows.add(List.of(only));
                continue;
            }
            var candidates = free.getOrDefault(claim.filter(), List.of());
            int begin = Math.min(begins.getOrDefault(claim.filter(), 0), candidates.size());
            int end = Math.min(begin + claim.count() + ClaimRound.SLACK, candidates.size());
            begins.merge(claim.filter(), claim.count(), Integer::sum);
            windows.add(candidates.subList(begin, end));
        }
        windows.forEach(window -> window.forEach(candidate -> {
            if (taken.add(candidate.task())) {
                mine.add(candidate.task());
            }
        }));
        return windows;
    }
}
