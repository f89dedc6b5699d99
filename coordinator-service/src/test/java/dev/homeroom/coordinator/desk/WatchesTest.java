package dev.homeroom.coordinator.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.homeroom.coordinator.Unanswered;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Bounds;
import dev.homeroom.coordinator.core.Change;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Cursor;
import dev.homeroom.coordinator.core.Kind;
import dev.homeroom.coordinator.core.Profile;
import dev.homeroom.coordinator.core.Published;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchesTest {
    private static final Interest ALL = Interest.of("", "", "");

    private final ConcurrentSkipListMap<Cursor, Change> trail = new ConcurrentSkipListMap<>();
    private final Watches watches = new Watches(this::read, 3);

    @AfterEach
    void close() {
        watches.close();
    }

    @Test
    void changesComeInOrderAfterTheBeginning_RL9() {
        happen(1, lock("a"));
        Watch watch = watches.watch(ALL, null, () -> {});
        assertThat(take(watch, 1)).containsExactly(new WatchEvent.Begun(new Cursor(1, 0)));
        happen(2, lock("b"));
        happen(3, lock("c"));
        watches.applied();
        assertThat(take(watch, 2)).containsExactly(changed(2, lock("b")), changed(3, lock("c")));
    }

    @Test
    void whoeverComesBackGetsWhatItMissed_RL9() {
        happen(1, lock("a"));
        happen(2, lock("b"));
        Watch watch = watches.watch(ALL, new Cursor(1, 0), () -> {});
        assertThat(take(watch, 2)).containsExactly(new WatchEvent.Begun(new Cursor(1, 0)), changed(2, lock("b")));
    }

    @Test
    void whatIsNotKeptAnyMoreIsAGap_RL9() {
        for (int i = 100; i < 100 + Bounds.AUDIT; i++) {
            happen(i, lock("a"));
        }
        Watch watch = watches.watch(ALL, new Cursor(5, 0), () -> {});
        List<WatchEvent> events = take(watch, 3);
        assertThat(events.get(1)).isEqualTo(new WatchEvent.Missed(new Cursor(100, -1)));
        assertThat(events.get(2)).isEqualTo(changed(100, lock("a")));
    }

    @Test
    void onlyWhatIsWantedIsTold_RL9() {
        happen(1, lock("start"));
        Watch locks = watches.watch(Interest.of("lock", "a", ""), Cursor.START, () -> {});
        Watch sessions = watches.watch(Interest.of("session", "", "s"), Cursor.START, () -> {});
        happen(2, lock("ab"));
        happen(3, new Change.OfSession("s", 1, Profile.NONE, null, 0));
        happen(4, new Change.OfSession("t", 1, Profile.NONE, null, 0));
        watches.applied();
        assertThat(take(locks, 2).getLast()).isEqualTo(changed(2, lock("ab")));
        assertThat(take(sessions, 2).getLast())
                .isEqualTo(changed(3, new Change.OfSession("s", 1, Profile.NONE, null, 0)));
        assertThat(locks.poll()).isNull();
        assertThat(sessions.poll()).isNull();
    }

    @Test
    void aSlowWatcherIsEndedAndHoldsUpNobody_RL9() {
        happen(1, lock("a"));
        Watch slow = watches.watch(ALL, null, () -> {});
        Watch quick = watches.watch(ALL, null, () -> {});
        take(quick, 1);
        int most = Watch.MOST + 10;
        int taken = 0;
        for (int i = 2; taken < most; i++) {
            happen(i, lock("a"));
            if (i % 1_000 == 0) {
                watches.applied();
                taken += take(quick, i - 1 - taken).size();
            }
        }
        await().until(slow::overrun);
        assertThat(quick.overrun()).isFalse();
    }

    @Test
    void theNumberOfWatchersIsBounded() {
        Watch first = watches.watch(ALL, null, () -> {});
        watches.watch(ALL, null, () -> {});
        watches.watch(ALL, null, () -> {});
        assertThatThrownBy(() -> watches.watch(ALL, null, () -> {})).isInstanceOf(Unanswered.class);
        first.close();
        assertThat(watches.watching()).isEqualTo(2);
    }

    private static List<WatchEvent> take(Watch watch, int many) {
        List<WatchEvent> taken = new ArrayList<>();
        await().until(() -> {
            for (WatchEvent event = watch.poll(); event != null; event = watch.poll()) {
                taken.add(event);
            }
            return taken.size() >= many;
        });
        return taken;
    }

    private void happen(long index, Change change) {
        trail.put(new Cursor(index, 0), change);
    }

    private static Change lock(String name) {
        return new Change.OfGrant(Kind.LOCK, name, "s", 1, name, 1, null, 0, 0);
    }

    private static WatchEvent changed(long index, Change change) {
        return new WatchEvent.Changed(new Published(new Cursor(index, 0), change));
    }

    private Answer read(Command command) {
        Command.ReadAudit read = (Command.ReadAudit) command;
        var wanted = read.before() == null ? trail : trail.headMap(read.before(), false);
        List<Published> page = wanted.descendingMap().entrySet().stream()
                .limit(read.limit())
                .map(entry -> new Published(entry.getKey(), entry.getValue()))
                .toList();
        boolean more = wanted.size() > page.size();
        return new Answer.AuditPage(page, more ? page.getLast().at() : null);
    }
}
