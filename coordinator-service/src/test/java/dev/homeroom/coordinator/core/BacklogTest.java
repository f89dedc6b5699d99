package dev.homeroom.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private final Bench bench = new Bench();

    private Answer.Backlog read(Cursor after) {
        return bench.run(new Command.ReadBacklog(after, 1_000), Answer.Backlog.class);
    }

    @Test
    void changesAreNumberedAndTrimmedByTheCursor_R_L9() {
        SessionView anna = bench.register("anna");
        bench.lock(anna, "l");
        bench.run(new Command.ReleaseSession("anna", 0));
        List<Published> all = read(Cursor.START).changes();
        assertThat(all)
                .extracting(Published::at)
                .containsExactly(new Cursor(2, 0), new Cursor(3, 0), new Cursor(4, 0), new Cursor(4, 1));
        assertThat(read(new Cursor(3, 0)).changes()).hasSize(2);
        bench.run(new Command.CommitCursor(new Cursor(4, 0)));
        assertThat(read(Cursor.START).changes()).extracting(Published::at).containsExactly(new Cursor(4, 1));
        bench.run(new Command.CommitCursor(new Cursor(1, 0)));
        assertThat(bench.state().cursor()).isEqualTo(new Cursor(4, 0));
    }

    @Test
    void overTheBoundTheOldestBecomeOneGap_R_L9() {
        Settings d = Settings.DEFAULT;
        bench.run(new Command.Configure(new Settings(
                d.leaseMillis(),
                d.idleMillis(),
                d.staleMillis(),
                d.launchGraceMillis(),
                d.ttlMillis(),
                d.permits(),
                d.sessions(),
                d.grants(),
                d.grantsPerSession(),
                3,
                d.endedKeptMillis(),
                d.endedKept())));
        for (int i = 0; i < 8; i++) {
            bench.register("s-" + i);
        }
        Answer.Backlog backlog = read(Cursor.START);
        assertThat(backlog.changes()).hasSize(3);
        assertThat(backlog.gap()).isEqualTo(new Gap(new Cursor(3, 0), new Cursor(7, 0), 5));
        bench.run(new Command.CommitCursor(new Cursor(5, 0)));
        assertThat(bench.state().gap()).isEqualTo(new Gap(new Cursor(5, 1), new Cursor(7, 0), 5));
        bench.run(new Command.CommitCursor(new Cursor(7, 0)));
        assertThat(bench.state().gap()).isNull();
        assertThat(read(Cursor.START).changes()).hasSize(3);
    }

    @Test
    void anEntryIsAppliedOnce_R_S5() {
        bench.register("anna");
        assertThatThrownBy(() -> bench.machine.apply(2, new Batch(1, 0, 0, List.of())))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
