package dev.homeroom.queue.core.order;

import dev.homeroom.queue.core.Candidate;
import dev.homeroom.queue.core.ClaimFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is next for the claims of a round: says which ranges to read, takes what was read, says what to read then,
 * until there is enough or no more. Of one round, not shared.
 */
public final class Gathering {
    /** Ranges of one statement, at most so many for each filter. */
    static final int MOST_PICKS = 256;

    static final int LEAST_PICKS = 16;

    /** Read from each range above its share, so that a second read is rare. */
    private static final int SPARE = 1;

    private final Board board;
    private final Fairness fairness;
    private final Map<ClaimFilter, Integer> wanted;
    private final Scarce scarce;
    private final Ranking ranking;
    private final Map<Stand, Read> reads = new LinkedHashMap<>();
    private final Map<ClaimFilter, FairMerge.Merged> merged = new HashMap<>();
    /** Of each filter: ranges that seem to have something and were not read. */
    private final Map<ClaimFilter, List<Ranked>> unread = new HashMap<>();

    private List<Read> asked = List.of();

    /** What was read of a range. */
    private static final class Read {
        final Ranked ranked;
        int most;
        List<Candidate> rows = List.of();
        boolean more = true;

        Read(Ranked ranked) {
            this.ranked = ranked;
        }
    }

    /**
     * @param wanted how many each filter wants
     * @param scarce limits that ran out
     * @param now the present time
     */
    public Gathering(
            Board board,
            Ageing ageing,
            Fairness fairness,
            Map<ClaimFilter, Integer> wanted,
            Scarce scarce,
            Instant now) {
        this.board = board;
        this.fairness = fairness;
        this.wanted = wanted;
        this.scarce = scarce;
        this.ranking = new Ranking(ageing, fairness, now.toEpochMilli());
    }

    /** What to read now; empty when there is enough, or no more. */
    public List<Pick> next() {
        var picks = new LinkedHashMap<Stand, Read>();
        wanted.forEach((filter, count) -> {
            var open = open(filter, count, Math.clamp(2L * count, LEAST_PICKS, MOST_PICKS));
            unread.put(
                    filter,
                    open.stream().filter(r -> !reads.containsKey(r.stand())).toList());
            merged.put(filter, merge(filter));
            if (merged.get(filter).certain() < count) {
                pick(open, count, picks);
            }
        });
        asked = List.copyOf(picks.values());
        return asked.stream()
                .map(read -> new Pick(read.ranked.stand().range, read.most))
                .toList();
    }

    /** What was read: the tasks of each pick, in their order. */
    public void read(List<List<Candidate>> rows) {
        for (int i = 0; i < asked.size(); i++) {
            var read = asked.get(i);
            read.rows = rows.get(i);
            boolean full = read.rows.size() >= read.most;
            // What is held back by a limit stands elsewhere than in this order.
            read.more = full && read.most < scarce.most(read.ranked.stand().lane);
            board.read(read.ranked.stand(), read.ranked.stamp(), read.rows, full);
            reads.put(read.ranked.stand(), read);
        }
    }

    /** What each filter is offered, in the queue's order. */
    public Map<ClaimFilter, List<Candidate>> found() {
        var found = new HashMap<ClaimFilter, List<Candidate>>();
        merged.forEach((filter, of) -> found.put(filter, of.candidates()));
        return found;
    }

    /** The lessons that stand at the top level of their filter. */
    public Set<@Nullable String> competing() {
        var lessons = new HashSet<@Nullable String>();
        merged.forEach((filter, of) -> lessons.addAll(of.competing(unread.getOrDefault(filter, List.of()))));
        return lessons;
    }

    private FairMerge.Merged merge(ClaimFilter filter) {
        var runs = new ArrayList<FairMerge.Run>();
        for (var read : reads.values()) {
            var lane = read.ranked.stand().lane;
            if (!read.rows.isEmpty() && lane.suits(filter)) {
                runs.add(new FairMerge.Run(read.rows, read.more));
            }
        }
        return FairMerge.of(runs, unread.getOrDefault(filter, List.of()), ranking.ageing(), fairness, ranking.now());
    }

    /** Level by level, from each range of a level its share. */
    private void pick(List<Ranked> open, int count, Map<Stand, Read> picks) {
        long covered = 0;
        for (int from = 0; from < open.size() && covered < count; ) {
            int to = from;
            double weights = 0;
            while (to < open.size() && open.get(to).level() == open.get(from).level()) {
                weights += weight(open.get(to++));
            }
            int left = (int) (count - covered);
            int next = to;
            for (; from < to && covered < 2L * count; from++) {
                var ranked = open.get(from);
                double share = 2 * left * weight(ranked) / weights;
                int most = (int) Math.min(count, Math.ceil(share) + SPARE);
                var read = fresh(ranked, most, count);
                covered += Math.min(read.most, ranked.depth());
                picks.merge(ranked.stand(), read, Gathering::larger);
            }
            from = next;
        }
    }

    private double weight(Ranked ranked) {
        return 1 / fairness.cost(ranked.stand().lane.lesson());
    }

    /** The ranges that have been read in part, or not yet. */
    private List<Ranked> open(ClaimFilter filter, int count, int most) {
        var open = new ArrayList<Ranked>();
        for (var ranked : board.top(filter, scarce, ranking, most + reads.size())) {
            var read = reads.get(ranked.stand());
            if ((read == null || (read.more && read.most < count)) && open.size() < most) {
                open.add(ranked);
            }
        }
        return open;
    }

    /** What was read in part is read again, twice as far. */
    private Read fresh(Ranked ranked, int most, int count) {
        var before = reads.get(ranked.stand());
        var read = new Read(ranked);
        int wanted = before == null ? most : Math.min(count, Math.max(most, 2 * before.most));
        read.most = Math.min(wanted, scarce.most(ranked.stand().lane));
        return read;
    }

    private static Read larger(Read one, Read other) {
        return one.most >= other.most ? one : other;
    }
}
