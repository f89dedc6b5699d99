package dev.homeroom.queue.claim;

import dev.homeroom.queue.core.Candidate;
import dev.homeroom.queue.core.ClaimFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Which candidates each claim of a round is offered. The claims of one filter share one scan; each begins where those
 * before it may end, and sees up to {@link Claim#slack} more than it wants. So a round of many claims neither sends every
 * candidate to every session nor offers all of them the same few. When it runs out, the last are offered to all that are
 * left: those before may be sessions that cannot take more.
 */
final class Windows {
    private Windows() {}

    /**
     * @param round to which they belong; what it offers it takes
     */
    static List<List<Candidate>> of(List<Claim> claims, Map<ClaimFilter, List<Candidate>> scans, Underway.Round round) {
        var offers = new HashMap<ClaimFilter, List<Candidate>>();
        var alike = new HashSet<ClaimFilter>();
        scans.forEach((filter, candidates) -> {
            offers.put(filter, freeFirst(candidates, round));
            if (candidates.stream().noneMatch(Windows::isDistinguished)) {
                alike.add(filter);
            }
        });
        var begins = new HashMap<ClaimFilter, Integer>();
        var windows = new ArrayList<List<Candidate>>(claims.size());
        for (var claim : claims) {
            var only = claim.only();
            if (only != null) {
                windows.add(List.of(only));
                continue;
            }
            var candidates = offers.getOrDefault(claim.filter(), List.of());
            int size = claim.window(alike.contains(claim.filter()));
            int last = Math.max(0, candidates.size() - size);
            int begin = Math.min(begins.getOrDefault(claim.filter(), 0), last);
            int end = Math.min(begin + size, candidates.size());
            begins.merge(claim.filter(), claim.count(), Integer::sum);
            windows.add(candidates.subList(begin, end));
            for (var candidate : candidates.subList(begin, Math.min(begin + claim.count(), candidates.size()))) {
                round.take(candidate.task());
            }
        }
        return windows;
    }

    /** Whether it may be for some sessions only, or for some more than for others. */
    private static boolean isDistinguished(Candidate candidate) {
        return candidate.lesson() != null
                || !candidate.limits().isEmpty()
                || !candidate.capabilities().isEmpty()
                || candidate.last().host() != null
                || candidate.last().repo() != null;
    }

    /** How many of these no other round wants. */
    static int free(List<Candidate> candidates, Underway.Round round) {
        int free = 0;
        for (var candidate : candidates) {
            free += round.isTaken(candidate.task()) ? 0 : 1;
        }
        return free;
    }

    /** What other rounds want comes last, but it comes: they may not get it, and then it must not stay behind. */
    private static List<Candidate> freeFirst(List<Candidate> candidates, Underway.Round round) {
        var free = new ArrayList<Candidate>(candidates.size());
        var wanted = new ArrayList<Candidate>();
        candidates.forEach(candidate -> (round.isTaken(candidate.task()) ? wanted : free).add(candidate));
        free.addAll(wanted);
        return free;
    }
}
