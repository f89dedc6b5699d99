package dev.homeroom.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.coordinator.core.Rejection.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class AffinityTest {
    private static final Affinity.Window MORNINGS = new Affinity.Window(List.of(1, 2, 3, 4, 5), 540, 720, "UTC");

    private final Bench bench = new Bench();

    private Answer.OneAffinity put(String id, String session, Affinity.Window... windows) {
        return bench.run(
                new Command.PutAffinity(new Affinity(id, session, "algebra", List.of(windows), 10)),
                Answer.OneAffinity.class);
    }

    private List<String> list(String session, String after, int limit) {
        return bench
                .run(new Command.ListAffinities(session, after, limit), Answer.AffinityPage.class)
                .affinities()
                .stream()
                .map(one -> one.affinity().id())
                .toList();
    }

    private boolean open(String id) {
        return bench.run(new Command.GetAffinity(id), Answer.OneAffinity.class).open();
    }

    @Test
    void affinitiesAreMadeReplacedReadAndRemoved_R_S7() {
        assertThat(put("a1", "anna").open()).isTrue();
        assertThat(put("b1", "bert", MORNINGS).open()).isFalse();
        put("a2", "anna");
        assertThat(list("", "", 10)).containsExactly("a1", "a2", "b1");
        assertThat(list("", "a1", 1)).containsExactly("a2");
        assertThat(list("anna", "", 10)).containsExactly("a1", "a2");
        assertThat(list("anna", "a1", 10)).containsExactly("a2");
        put("a1", "bert");
        assertThat(list("anna", "", 10)).containsExactly("a2");
        assertThat(list("bert", "", 10)).containsExactly("a1", "b1");
        bench.run(new Command.DeleteAffinity("a1"), Answer.Done.class);
        bench.run(new Command.DeleteAffinity("a1"), Answer.Done.class);
        assertThat(bench.refused(new Command.GetAffinity("a1"))).isEqualTo(Reason.NOT_FOUND);
        assertThat(list("bert", "", 10)).containsExactly("b1");
    }

    @Test
    void wrongValuesAreRefused_R_S7() {
        assertThat(refused(new Affinity.Window(List.of(), 0, 1, "UTC"))).isEqualTo(Reason.INVALID);
        assertThat(refused(new Affinity.Window(List.of(0), 0, 1, "UTC"))).isEqualTo(Reason.INVALID);
        assertThat(refused(new Affinity.Window(List.of(8), 0, 1, "UTC"))).isEqualTo(Reason.INVALID);
        assertThat(refused(new Affinity.Window(List.of(1), -1, 1, "UTC"))).isEqualTo(Reason.INVALID);
        assertThat(refused(new Affinity.Window(List.of(1), 1_440, 1, "UTC"))).isEqualTo(Reason.INVALID);
        assertThat(refused(new Affinity.Window(List.of(1), 0, 1_441, "UTC"))).isEqualTo(Reason.INVALID);
        assertThat(refused(new Affinity.Window(List.of(1), 0, 1, ""))).isEqualTo(Reason.INVALID);
        assertThat(bench.refused(new Command.PutAffinity(new Affinity("", "s", "l", List.of(), 1))))
                .isEqualTo(Reason.INVALID);
        assertThat(bench.refused(new Command.PutAffinity(new Affinity("a", "s", "l", List.of(), 101))))
                .isEqualTo(Reason.INVALID);
        assertThat(bench.state().affinityCount()).isZero();
    }

    private Reason refused(Affinity.Window window) {
        return bench.refused(new Command.PutAffinity(new Affinity("a", "s", "l", List.of(window), 1)));
    }

    @Test
    void affinitiesAreBounded_R_S7() {
        for (int i = 0; i < Bounds.AFFINITIES; i++) {
            put("a" + i, "s");
        }
        assertThat(bench.refused(new Command.PutAffinity(new Affinity("one-more", "s", "l", List.of(), 1))))
                .isEqualTo(Reason.TOO_MANY);
        put("a7", "other");
    }

    @Test
    void theLeaderSaysWhichWindowsAreOpen_R_S7() {
        put("a", "anna", MORNINGS);
        put("b", "bert", MORNINGS);
        put("c", "carl");
        bench.run(new Command.OpenAffinities(1, List.of("a", "gone")), Answer.Done.class);
        assertThat(open("a")).isTrue();
        assertThat(open("b")).isFalse();
        assertThat(open("c")).isTrue();
        put("a", "anna", MORNINGS);
        assertThat(open("a")).isTrue();
        bench.nextTerm();
        assertThat(bench.refused(new Command.OpenAffinities(1, List.of()))).isEqualTo(Reason.STALE_TERM);
        bench.run(new Command.OpenAffinities(2, List.of()), Answer.Done.class);
        assertThat(open("a")).isFalse();
        assertThat(open("c")).isTrue();
    }
}
