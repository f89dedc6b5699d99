package dev.homeroom.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.coordinator.core.Rejection.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuditTest {
    private final Bench bench = new Bench();
    private final SessionView anna = bench.register("anna");

    private Answer.AuditPage read(
            @Nullable Kind kind, String name, String session, @Nullable Cursor before, int limit) {
        return bench.run(new Command.ReadAudit(kind, name, session, before, limit), Answer.AuditPage.class);
    }

    private void publishAll() {
        List<Published> waiting = bench.state().backlog(Cursor.START, Integer.MAX_VALUE);
        bench.run(new Command.CommitCursor(waiting.getLast().at()));
    }

    @Test
    void whatIsPublishedStaysInTheTrailNewestFirst_R_L9() {
        bench.run(Bench.release(anna, bench.lock(anna, "l")));
        GrantView other = bench.lock(anna, "m");
        List<Published> all = bench.state().backlog(Cursor.START, 10);
        publishAll();
        assertThat(bench.state().backlogSize()).isZero();
        assertThat(bench.run(new Command.ReadBacklog(Cursor.START, 10), Answer.Backlog.class)
                        .changes())
                .isEmpty();
        assertThat(read(null, "", "", null, 10).changes()).isEqualTo(all.reversed());
        assertThat(read(Kind.LOCK, "", "anna", null, 10).changes()).hasSize(3);
        assertThat(read(Kind.CLAIM, "", "", null, 10).changes()).isEmpty();
        assertThat(read(null, "", "bert", null, 10).changes()).isEmpty();
        assertThat(read(Kind.LOCK, "m", "", null, 10).changes())
                .singleElement()
                .satisfies(one ->
                        assertThat(((Change.OfGrant) one.change()).token()).isEqualTo(other.token()));
        assertThat(bench.refused(new Command.ReadAudit(null, "", "", null, 0))).isEqualTo(Reason.INVALID);
    }

    @Test
    void itIsReadInPages_R_L9() {
        for (int i = 0; i < 20; i++) {
            bench.lock(anna, "l" + i);
        }
        publishAll();
        bench.lock(anna, "waiting");
        List<Published> whole = read(null, "", "", null, 100).changes();
        assertThat(whole).hasSize(22);
        List<Published> joined = new ArrayList<>();
        Cursor before = null;
        do {
            Answer.AuditPage page = read(null, "", "", before, 5);
            joined.addAll(page.changes());
            before = page.next();
        } while (before != null);
        assertThat(joined).isEqualTo(whole);
    }

    @Test
    void onlySoMuchOfWhatIsPublishedIsKept_R_L9() {
        for (int i = 0; i < Bounds.AUDIT / 2 + 50; i++) {
            bench.run(Bench.release(anna, bench.lock(anna, "l")));
            if (i % 700 == 0) {
                publishAll();
            }
        }
        publishAll();
        int[] kept = new int[1];
        bench.state().changes(change -> kept[0]++);
        assertThat(kept[0]).isEqualTo(Bounds.AUDIT);
        assertThat(bench.state().backlogSize()).isZero();
        bench.lock(anna, "l");
        assertThat(bench.state().backlogSize()).isEqualTo(1);
    }

    @Test
    void theTrailDoesNotTakeRoomOfTheBacklog_R_L9() {
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
        bench.lock(anna, "a");
        bench.lock(anna, "b");
        publishAll();
        bench.lock(anna, "c");
        bench.lock(anna, "d");
        bench.lock(anna, "e");
        assertThat(bench.state().gap()).isNull();
        bench.lock(anna, "f");
        Gap gap = bench.state().gap();
        assertThat(gap).isNotNull();
        assertThat(bench.state().backlogSize()).isEqualTo(3);
        assertThat(read(Kind.LOCK, "", "", null, 10).changes())
                .extracting(one -> ((Change.OfGrant) one.change()).name())
                .containsExactly("f", "e", "d", "b", "a");
    }
}
