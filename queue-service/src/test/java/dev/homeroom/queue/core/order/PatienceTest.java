package dev.homeroom.queue.core.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.queue.core.Candidate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Affinity prefers, but starves nobody (R-Q5). */
class PatienceTest {
    private final Index index = new Index();
    private final Patience patience = new Patience();

    @Test
    void aTaskThatWasPassedOverOftenEnoughIsAlone() {
        var window = List.of(task(9), task(9), task(9), task(5), task(0));
        var other = List.<UUID>of(window.get(1).task());
        for (int i = 0; i < Patience.MOST_PASSED; i++) {
            assertThat(patience.ranked(window)).isSameAs(window);
            patience.took(window, other);
        }
        assertThat(patience.ranked(window)).extracting(Candidate::priority).containsExactly(9, 8, 8, 7, 6);
        patience.took(window, List.of(window.getFirst().task()));
        assertThat(patience.ranked(window)).isSameAs(window);
    }

    @Test
    void aClaimThatGotNothingPassedNothingOver() {
        var window = List.of(task(9), task(9));
        for (int i = 0; i < 2 * Patience.MOST_PASSED; i++) {
            patience.took(window, List.of());
        }
        assertThat(patience.ranked(window)).isSameAs(window);
    }

    @Test
    void ranksStayInBounds() {
        var window = java.util.stream.IntStream.of(9, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)
                .mapToObj(this::task)
                .toList();
        for (int i = 0; i < Patience.MOST_PASSED; i++) {
            patience.took(window, List.of(window.getLast().task()));
        }
        assertThat(patience.ranked(window))
                .extracting(Candidate::priority)
                .containsExactly(9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0);
    }

    private Candidate task(int level) {
        return index.add("t", null, List.of(), level, 0);
    }
}
