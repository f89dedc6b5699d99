package dev.homeroom.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.coordinator.ClusterView.Seat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuorumTest {
    @Test
    void aMemberIsRemovedOnlyWhenMoreThanHalfOfTheRestAnswers_R_O3() {
        assertThat(Quorum.againstRemoving(view("+++"), "n3")).isEmpty();
        assertThat(Quorum.againstRemoving(view("++-"), "n3"))
                .as("the one that is down")
                .isEmpty();
        assertThat(Quorum.againstRemoving(view("++-"), "n2"))
                .get()
                .asString()
                .contains("n3")
                .contains("2 must answer");
        assertThat(Quorum.againstRemoving(view("+"), "n1")).get().asString().contains("only member");
        assertThat(Quorum.againstRemoving(view("++"), "n2")).isEmpty();
        assertThat(Quorum.againstRemoving(view("+++--"), "n1")).isPresent();
    }

    @Test
    void aMemberIsAddedOnlyWhenMoreThanHalfOfAllWouldAnswer_R_O3() {
        assertThat(Quorum.againstAdding(view("+"), member(9))).isEmpty();
        assertThat(Quorum.againstAdding(view("++-"), member(9))).isEmpty();
        assertThat(Quorum.againstAdding(view("++--"), member(9))).isEmpty();
        assertThat(Quorum.againstAdding(view("+--"), member(9))).isPresent();
        assertThat(Quorum.againstAdding(view("+++++++"), member(9)))
                .get()
                .asString()
                .contains("remove one first");
    }

    private static ClusterView view(String up) {
        List<Seat> seats = IntStream.range(0, up.length())
                .mapToObj(i -> new Seat(member(i + 1), up.charAt(i) == '+', 0, 0, 0, 0))
                .toList();
        return new ClusterView("n1", 1, seats);
    }

    private static Member member(int number) {
        return new Member("n" + number, "h" + number + ":1", "h" + number + ":2");
    }
}
