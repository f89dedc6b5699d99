package dev.homeroom.queue.core.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.queue.core.Candidate;
import dev.homeroom.queue.core.ClaimFilter;
import dev.homeroom.queue.core.LessonWeights;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A board that is wrong costs time, but loses nothing: everything due is offered in the end (R-Q5). */
class BoardTest {
    private static final Ageing AGEING = new Ageing(500);
    private static final int PAGE = 3;

    private final Index index = new Index();
    private final Board board = new Board();
    private final Fairness fairness = new Fairness(LessonWeights.EQUAL);
    private final List<Candidate> away = new ArrayList<>();
    private long now = 1_000;

    /** A page that was read and is not on the board yet. */
    private record Page(List<Head> heads, long asked) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void whateverHappensEverythingDueIsOffered(long seed) {
        var random = new Random(seed);
        Page under = null;
        for (int step = 0; step < 2_000; step++) {
            now += random.nextInt(3);
            switch (random.nextInt(8)) {
                case 0, 1 -> note(enqueue(random));
                case 2 -> enqueue(random);
                case 3 -> late(random);
                case 4 -> back(random);
                case 5 -> under = under == null ? begin() : end(under);
                default -> take(random);
            }
            if (under != null && random.nextInt(4) == 0) {
                under = end(under);
            }
        }
        if (under != null) {
            end(under);
        }
        now += 100;
        var left = index.size();
        int rounds = 0;
        for (; index.size() > 0 && rounds < 4_000; rounds++) {
            now++;
            index.page(board, PAGE);
            find(5).forEach(task -> index.remove(task.task()));
        }
        assertThat(index.size())
                .as("seed %d: of %d left after %d rounds", seed, left, rounds)
                .isZero();
    }

    @Test
    void aPageIsNoNewsToWhatWasHeardAfterItWasAskedFor() {
        long asked = board.news();
        var task = index.add("t", null, List.of(), 5, 0);
        note(task);
        board.page(List.of(), false, asked);
        assertThat(find(1)).extracting(Candidate::task).containsExactly(task.task());
    }

    @Test
    void anEmptyReadIsNoNewsToWhatWasHeardSince() {
        var range = Lane.of("t", null, List.of());
        board.note(range, 5, Index.at(0));
        var gathering =
                new Gathering(board, AGEING, fairness, Map.of(ClaimFilter.ANY, 1), Scarce.NOTHING, Index.at(now));
        var picks = gathering.next();
        var rows = index.due(picks, now);
        var task = index.add("t", null, List.of(), 5, 0);
        note(task);
        gathering.read(rows);
        assertThat(find(1)).extracting(Candidate::task).containsExactly(task.task());
    }

    @Test
    void pagesTakeAwayWhatIsEmpty() {
        for (int i = 0; i < 10; i++) {
            note(index.add("t" + i, null, List.of(), 5, 0));
        }
        index.ranges.values().forEach(java.util.TreeSet::clear);
        for (int i = 0; i < 10; i++) {
            index.page(board, PAGE);
        }
        assertThat(board.size()).isZero();
    }

    @Test
    void aFullBoardMakesRoomAndStillGoesRound() {
        int most = Board.MOST_RANGES + 10;
        for (int i = 0; i < most; i++) {
            index.add("t" + i, null, List.of(), 5, 0);
        }
        var offered = new HashSet<UUID>();
        while (index.size() > 0) {
            now++;
            index.page(board, 20_000);
            assertThat(board.size()).isLessThanOrEqualTo(Board.MOST_RANGES);
            for (var task : find(2_000)) {
                offered.add(task.task());
                index.ranges.remove(
                        new Range(Lane.of(task.type(), null, List.of()).id(), 5));
            }
        }
        assertThat(offered).hasSize(most);
    }

    private Candidate enqueue(Random random) {
        var lesson = random.nextInt(3) == 0 ? null : "l" + random.nextInt(3);
        return index.add("t" + random.nextInt(4), lesson, List.of(), random.nextInt(10), now + random.nextInt(40) - 20);
    }

    private void note(Candidate task) {
        board.note(Lane.of(task.type(), task.lesson(), task.limits()), task.priority(), task.due());
    }

    /** Heard of long after it was enqueued, or even taken. */
    private void late(Random random) {
        var task = enqueue(random);
        take(random);
        note(task);
    }

    /** Another replica takes something, or it comes back unheard. */
    private void back(Random random) {
        if (!away.isEmpty() && random.nextBoolean()) {
            index.put(away.removeLast());
        } else {
            var elsewhere = index.due(
                    List.copyOf(index.ranges.keySet().stream()
                            .map(r -> new Pick(r, 2))
                            .toList()),
                    now);
            elsewhere.forEach(rows -> rows.forEach(task -> away.add(index.remove(task.task()))));
        }
    }

    private void take(Random random) {
        for (var task : find(1 + random.nextInt(4))) {
            if (random.nextInt(3) > 0) {
                var taken = index.remove(task.task());
                if (random.nextInt(3) == 0) {
                    away.add(taken);
                }
            }
        }
    }

    private Page begin() {
        return new Page(index.heads(board.reached(), PAGE), board.news());
    }

    private @org.jspecify.annotations.Nullable Page end(Page page) {
        board.page(page.heads(), page.heads().size() >= PAGE, page.asked());
        return null;
    }

    private List<Candidate> find(int count) {
        return index.find(board, AGEING, fairness, ClaimFilter.ANY, count, Scarce.NOTHING, now)
                .found()
                .getOrDefault(ClaimFilter.ANY, List.of());
    }
}
