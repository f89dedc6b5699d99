package dev.homeroom.queue.core.order;

import dev.homeroom.queue.core.ClaimFilter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The ranges of one filter that are worth a look: all of them while they are few, else the best {@value #MOST}, chosen
 * again after {@value #FRESH_MILLIS} ms or when they run out. Guarded by the board.
 */
final class Shortlist {
    static final int MOST = 512;
    static final long FRESH_MILLIS = 200;

    private final ClaimFilter filter;
    private final LinkedHashSet<Stand> stands = new LinkedHashSet<>();
    /** Whether every range of the filter is in it. */
    private boolean complete;
    /** Whether something that was due was left out. */
    private boolean cut;

    private long chosenAt = Long.MIN_VALUE;

    Shortlist(ClaimFilter filter) {
        this.filter = filter;
    }

    /** A range is new on the board, or has tasks again. */
    void add(Stand stand) {
        if (chosenAt != Long.MIN_VALUE && stand.lane.suits(filter)) {
            stands.add(stand);
        }
    }

    List<Ranked> top(Collection<Stand> all, Scarce scarce, Ranking ranking, int most) {
        if (stale(ranking.now())) {
            choose(all, scarce, ranking);
        }
        var ranked = ranked(scarce, ranking);
        if (ranked.size() < most && cut && chosenAt != ranking.now()) {
            choose(all, scarce, ranking);
            ranked = ranked(scarce, ranking);
        }
        if (ranked.size() > 1) {
            ranked.sort(Ranking.ORDER);
        }
        return ranked.size() <= most ? ranked : ranked.subList(0, most);
    }

    boolean hasDue(Collection<Stand> all, Scarce scarce, long now) {
        for (var stand : complete ? stands : all) {
            if (isOpen(stand, scarce, now) && stand.lane.suits(filter)) {
                return true;
            }
        }
        return false;
    }

    private boolean stale(long now) {
        return chosenAt == Long.MIN_VALUE
                || stands.size() > 2 * MOST
                || (!complete && Math.abs(now - chosenAt) > FRESH_MILLIS);
    }

    private List<Ranked> ranked(Scarce scarce, Ranking ranking) {
        var ranked = new ArrayList<Ranked>(Math.min(stands.size(), 64));
        boolean idle = false;
        for (var stand : stands) {
            idle |= isIdle(stand);
            if (isOpen(stand, scarce, ranking.now())) {
                ranked.add(ranking.rank(stand));
            }
        }
        if (idle) {
            stands.removeIf(this::isIdle);
        }
        return ranked;
    }

    private boolean isIdle(Stand stand) {
        return stand.gone || (!complete && stand.due == Stand.NONE);
    }

    private static boolean isOpen(Stand stand, Scarce scarce, long now) {
        return stand.due <= now && !stand.gone && !scarce.bars(stand.lane);
    }

    private void choose(Collection<Stand> all, Scarce scarce, Ranking ranking) {
        stands.clear();
        chosenAt = ranking.now();
        for (var stand : all) {
            if (stand.lane.suits(filter)) {
                stands.add(stand);
            }
        }
        complete = stands.size() <= MOST;
        cut = false;
        if (!complete) {
            keepBest(scarce, ranking);
        }
    }

    private void keepBest(Scarce scarce, Ranking ranking) {
        var best = new PriorityQueue<Ranked>(MOST, Ranking.ORDER.reversed());
        for (var stand : stands) {
            if (isOpen(stand, scarce, ranking.now())) {
                best.add(ranking.rank(stand));
                if (best.size() > MOST) {
                    cut = true;
                    best.remove();
                }
            }
        }
        stands.clear();
        best.forEach(ranked -> stands.add(ranked.stand()));
    }
}
