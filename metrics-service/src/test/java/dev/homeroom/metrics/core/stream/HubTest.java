package dev.homeroom.metrics.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When the hub closes a connection, and what it refuses (R-T2). */
class HubTest {
    private final Map<Long, List<Outgoing>> sent = new HashMap<>();
    private final Map<Long, Ending> closed = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final Hub hub = new Hub(new Limits(64, 64, 8, 2000, 10_000, 45_000, 2, 3, 4), new World() {
        @Override
        public void send(long connection, Outgoing frame) {
            sent.computeIfAbsent(connection, _ -> new ArrayList<>()).add(frame);
        }

        @Override
        public void close(long connection, Ending why) {
            closed.put(connection, why);
        }

        @Override
        public void findReceipt(long connection, String subject, String device, String classroom) {}

        @Override
        public void keepReceipt(String subject, String device, String classroom, Position position) {
            asked.add("keep " + device + " " + position.seq());
        }

        @Override
        public void readHistory(String classroom, long after) {
            asked.add("history " + after);
        }

        @Override
        public void readSnapshot(String classroom) {
            asked.add("snapshot");
        }
    });

    @Test
    void aSlowClientIsClosedWhileAnotherGoesOn() {
        reading(1);
        reading(2);
        for (int seq = 2; seq <= 30; seq++) {
            change(0, seq);
            written(0, 2);
            hub.handle(0, new Input.Received(2, "c1", new Position("e", seq)));
        }
        hub.handle(2500, new Input.Tick());
        assertThat(closed).isEqualTo(Map.of(1L, Ending.TOO_SLOW));
        assertThat(sentTo(1)).hasSize(9);
        assertThat(sentTo(2)).hasSize(30);
    }

    @Test
    void whatIsNotReceivedInTimeEndsTheConnection() {
        reading(1);
        change(100, 2);
        hub.handle(10_000, new Input.Tick());
        assertThat(closed).isEmpty();
        hub.handle(10_101, new Input.Tick());
        assertThat(closed).isEqualTo(Map.of(1L, Ending.UNRECEIVED));
    }

    @Test
    void receiptsAreCumulativeAndNeverAheadOfWhatWasSent() {
        reading(1);
        change(0, 2);
        change(0, 3);
        hub.handle(0, new Input.Received(1, "c1", new Position("e", 3)));
        hub.handle(0, new Input.Received(1, "c1", new Position("e", 2)));
        hub.handle(0, new Input.Received(1, "c1", new Position("older", 99)));
        hub.handle(0, new Input.Received(1, "c1", new Position("e", 4)));
        assertThat(asked).containsOnlyOnce("keep d 3").doesNotContain("keep d 2", "keep d 99", "keep d 4");
        assertThat(sentTo(1).getLast()).isInstanceOf(Outgoing.Problem.class);
        hub.handle(20_000, new Input.Tick());
        assertThat(closed).isEmpty();
    }

    @Test
    void badFramesEndTheConnection() {
        open(1, Set.of("c1"));
        hub.handle(0, new Input.Unreadable(1, Outgoing.Fault.MALFORMED, "no"));
        hub.handle(0, new Input.Subscribe(1, "d", List.of("c2")));
        assertThat(sentTo(1).getLast())
                .isInstanceOfSatisfying(
                        Outgoing.Problem.class, it -> assertThat(it.fault()).isEqualTo(Outgoing.Fault.FORBIDDEN));
        assertThat(closed).isEmpty();
        hub.handle(0, new Input.Subscribe(1, "another", List.of("c1", "c1", "c1")));
        assertThat(closed).isEqualTo(Map.of(1L, Ending.BAD_FRAMES));
        assertThat(hub.connections()).isZero();
    }

    @Test
    void subscriptionsAreBounded() {
        open(1, Set.of("c1", "c2", "c3"));
        hub.handle(0, new Input.Subscribe(1, "d", List.of("c1", "c2", "c3")));
        assertThat(sentTo(1))
                .singleElement()
                .isInstanceOfSatisfying(
                        Outgoing.Problem.class, it -> assertThat(it.fault()).isEqualTo(Outgoing.Fault.TOO_MANY));
    }

    @Test
    void aTokenEndsAndSilenceEnds() {
        hub.handle(0, new Input.Opened(1, new Viewer("s", true, Set.of(), 500, true)));
        open(2, Set.of());
        open(3, Set.of());
        hub.handle(501, new Input.Tick());
        hub.handle(44_000, new Input.Heard(3));
        hub.handle(45_001, new Input.Tick());
        assertThat(closed).isEqualTo(Map.of(1L, Ending.EXPIRED, 2L, Ending.SILENT));
    }

    @Test
    void figuresReplaceEachOtherAndGoOutWithTheTick() {
        reading(1);
        for (int revision = 1; revision <= 100; revision++) {
            hub.handle(0, new Input.Counted(new Rollup("c1", 60_000, revision, "{}")));
        }
        hub.handle(0, new Input.Tick());
        assertThat(sentTo(1))
                .filteredOn(Outgoing.Figures.class::isInstance)
                .singleElement()
                .isEqualTo(new Outgoing.Figures(new Rollup("c1", 60_000, 100, "{}")));
    }

    @Test
    void aHoleIsAskedForOnceHoweverManyWait() {
        reading(1);
        reading(2);
        change(0, 9);
        change(0, 10);
        assertThat(asked).containsExactly("history 1");
        hub.handle(0, new Input.HistoryFailed("c1", 1));
        hub.handle(100, new Input.Tick());
        assertThat(asked).as("not again at once").hasSize(1);
        hub.handle(250, new Input.Tick());
        assertThat(asked).hasSize(2);
    }

    private List<Outgoing> sentTo(long id) {
        return sent.getOrDefault(id, List.of());
    }

    private void open(long id, Set<String> classrooms) {
        hub.handle(0, new Input.Opened(id, new Viewer("s", false, classrooms, 1L << 60, true)));
    }

    private void reading(long id) {
        change(0, 1);
        open(id, Set.of("c1"));
        hub.handle(0, new Input.Resume(id, "d", "c1", new Position("e", 1)));
        written(0, id);
    }

    private void written(long now, long id) {
        hub.handle(now, new Input.Written(id));
    }

    private void change(long now, long seq) {
        hub.handle(now, new Input.Changed(new Change("c1", "e", seq, "{}")));
    }
}
