package dev.homeroom.metrics.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.metrics.FoldStore;
import dev.homeroom.metrics.PartitionFold;
import dev.homeroom.metrics.Samples;
import dev.homeroom.metrics.Slice;
import dev.homeroom.metrics.TakenEvent;
import dev.homeroom.metrics.core.PeerBook;
import dev.homeroom.metrics.core.Peers;
import dev.homeroom.metrics.core.TunedRules;
import dev.homeroom.metrics.core.Tuning;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is known of a class, in PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeerTablesTest {
    private static final Instant DAY = Instant.parse("2026-03-04T00:00:00Z");
    private static final String FIGURES =
            "SELECT target, started, solved, slow_ms FROM metrics.peer_figures WHERE classroom = '%s'"
                    + " AND day >= '2026-03-04' ORDER BY day, target";

    private final FoldDatabase database = new FoldDatabase();
    private final FoldStore store = database.store();
    private int partition;

    @AfterAll
    void stop() {
        database.close();
    }

    @Test
    @DisplayName("R-M3: SQL and Java know the same of a class, on random work")
    void agrees() {
        for (int seed = 0; seed < 12; seed++) {
            String classroom = "random" + seed;
            List<MetricEvent> work = work(classroom, new Random(seed));
            work.add(attempt(classroom, "late", "ex0", false, DAY.plusSeconds(60)));
            write(work);

            List<PeerBook.Attempt> attempts = work.stream()
                    .map(event -> new PeerBook.Attempt(
                            event.student(), Samples.taken(event).observed()))
                    .toList();
            List<String> expected = PeerBook.asOf(PeerBook.cutoff(DAY), attempts).entrySet().stream()
                    .map(entry -> line(
                            entry.getKey(),
                            entry.getValue().started(),
                            entry.getValue().solved(),
                            entry.getValue().slow()))
                    .toList();
            assertThat(database.rows(FIGURES.formatted(classroom)))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
            assertThat(expected).isNotEmpty();
        }
    }

    @Test
    @DisplayName("R-M3: what a day is compared with does not change during the day")
    void frozen() {
        write(List.of(
                attempt("frozen", "s1", "ex", true, DAY.minusSeconds(7_200)),
                attempt("frozen", "s2", "ex", false, DAY.plusSeconds(1))));
        write(List.of(
                attempt("frozen", "s3", "ex", true, DAY.minusSeconds(7_000)),
                attempt("frozen", "s2", "ex", false, DAY.plusSeconds(100))));
        assertThat(database.rows(FIGURES.formatted("frozen"))).containsExactly("ex|1|1|0");

        write(List.of(attempt("frozen", "s2", "ex", false, DAY.plus(Duration.ofDays(1)))));
        assertThat(database.rows(FIGURES.formatted("frozen"))).containsExactly("ex|1|1|0", "ex|3|2|0");
    }

    @Test
    @DisplayName(
            "R-M3: a look at the past knows the same of the class, and writes nothing that the fold would wait for")
    void looksBack() throws SQLException {
        MetricEvent kept = attempt("past", "s2", "ex", false, DAY.plusSeconds(5));
        MetricEvent asked = attempt("past", "s2", "ex", false, DAY.plus(Duration.ofDays(1)));
        write(List.of(attempt("past", "s1", "ex", true, DAY.minusSeconds(7_200)), kept));
        write(List.of(attempt("past", "s3", "ex", true, DAY.minusSeconds(7_000))));
        try (Connection connection = database.source().getConnection()) {
            connection.setAutoCommit(false);
            List<TakenEvent> known =
                    PeerTables.lookingBack().beside(connection, List.of(Samples.taken(kept), Samples.taken(asked)));

            assertThat(known)
                    .extracting(taken -> taken.observed().peers())
                    .as("frozen for the day that is kept, made in passing for the other")
                    .containsExactly(new Peers(1, 1, Duration.ZERO), new Peers(3, 2, Duration.ZERO));
            try (ResultSet row =
                    connection.createStatement().executeQuery("SELECT pg_current_xact_id_if_assigned() IS NULL")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getBoolean(1)).as("nothing written").isTrue();
            }
            connection.rollback();
        }
    }

    @Test
    @DisplayName(
            "R-M3: who fails at what the class solved yesterday is told, with nothing kept in memory between events")
    void told() {
        List<MetricEvent> events = new ArrayList<>();
        for (int student = 0; student < Peers.FEWEST_STARTED; student++) {
            events.add(attempt("told", "s" + student, "ex", true, DAY.minusSeconds(7_200)));
        }
        for (int i = 0; i < 3; i++) {
            events.add(attempt("told", "slow", "ex", false, DAY.plusSeconds(i * 700L)));
        }
        FoldStore all = database.store(new TunedRules.Basis(Samples.ALL, Tuning.NONE, true));
        all.position("told", 0, "id", 0);
        for (int next = 0; next < events.size(); next++) {
            Slice slice = new Slice("told", 0, next, next + 1, List.of(Samples.taken(events.get(next))));
            assertThat(new PartitionFold(all, 100).observe(slice)).isInstanceOf(FoldStore.Committed.class);
        }
        assertThat(database.rows("SELECT student, detector, target, score FROM metrics.episode WHERE classroom = 'told'"
                        + " AND detector IN ('behind-class', 'time-on-task') AND status = 'open' ORDER BY detector"))
                .containsExactly("slow|behind-class|ex|1", "slow|time-on-task|ex|0.96875");
    }

    @Test
    @DisplayName("R-M3: a batch of many days gives the same as a batch a day")
    void manyDays() {
        List<MetricEvent> work = new ArrayList<>();
        for (int day = 0; day < 100; day += 20) {
            Instant at = DAY.plus(Duration.ofDays(day));
            work.add(attempt("days", "s" + day, "ex", true, at.minusSeconds(7_200)));
            work.add(attempt("days", "s", "ex", false, at));
        }
        write(work);
        write(List.of(attempt("days", "s", "ex", false, DAY.plusSeconds(5))));
        assertThat(database.rows(FIGURES.formatted("days")))
                .containsExactly("ex|1|1|0", "ex|1|1|0", "ex|1|1|0", "ex|1|1|0", "ex|1|1|0");
    }

    @Test
    @DisplayName("R-M3: of more attempts than can be looked at in time there are no figures")
    void bounded() {
        write(List.of(
                attempt("much", "s1", "ex", true, DAY.minusSeconds(7_200)),
                attempt("much", "s2", "ex", false, DAY.minusSeconds(7_100))));
        String figures = "SELECT started FROM metrics.peers_of_day('much', 'editor', '2026-03-04Z', %d)";
        assertThat(database.rows(figures.formatted(2))).containsExactly("2");
        assertThat(database.rows(figures.formatted(1))).isEmpty();
    }

    @Test
    @DisplayName("R-M3: a day whose figures take too long has none, and the fold goes on")
    void givesUp() throws SQLException {
        TakenEvent asked = Samples.taken(attempt("slow", "s2", "ex", false, DAY.plusSeconds(5)));
        try (FoldDatabase slow = new FoldDatabase();
                Connection connection = slow.source().getConnection()) {
            slow.run("""
                    CREATE OR REPLACE FUNCTION metrics.peers_of_day(in_classroom text, in_app text, cutoff timestamptz, most integer)
                    RETURNS TABLE (target text, started integer, solved integer, slow_ms bigint) LANGUAGE sql VOLATILE AS
                    $$SELECT 'ex', 1, 1, 0::bigint FROM pg_sleep(300)$$
                    """);
            connection.setAutoCommit(false);
            PeerTables peers = new PeerTables(true, Duration.ofMillis(20));

            assertThat(peers.beside(connection, List.of(asked))).containsExactly(asked);
            connection.commit();

            assertThat(slow.rows("SELECT classroom FROM metrics.peer_day")).containsExactly("slow");
            assertThat(slow.rows("SELECT target FROM metrics.peer_figures")).isEmpty();
            assertThat(peers.beside(connection, List.of(asked))).containsExactly(asked);
            connection.rollback();
        }
    }

    @Test
    @DisplayName("R-M2: days of peer figures are removed with the events")
    void forgets() {
        write(List.of(
                attempt("old", "s1", "ex", true, DAY.minusSeconds(7_200)), attempt("old", "s2", "ex", false, DAY)));
        assertThat(database.rows(FIGURES.formatted("old"))).hasSize(1);
        assertThat(database.number("SELECT metrics.drop_peers(now() - INTERVAL '1 hour', 10)"))
                .isZero();
        assertThat(database.number("SELECT metrics.drop_peers(now() + INTERVAL '1 hour', 1000)"))
                .isPositive();
        assertThat(database.rows(FIGURES.formatted("old"))).isEmpty();
    }

    private static String line(String target, int started, int solved, @Nullable Duration slow) {
        return "%s|%d|%d|%s".formatted(target, started, solved, slow == null ? "null" : slow.toMillis());
    }

    private static List<MetricEvent> work(String classroom, Random random) {
        List<MetricEvent> work = new ArrayList<>();
        for (int student = 0; student < 12; student++) {
            Instant at = DAY.minus(Duration.ofHours(1 + random.nextInt(15 * 24)));
            for (int i = 0; i < 1 + random.nextInt(15); i++) {
                at = at.plusMillis(random.nextInt(4) == 0 ? random.nextInt(40_000_000) : random.nextInt(900_000));
                String target = "ex" + random.nextInt(3);
                work.add(attempt(classroom, "s" + student, target, random.nextInt(4) == 0, at));
            }
        }
        work.removeIf(event -> !event.occurredAt().isBefore(DAY.minusSeconds(1)));
        work.sort(Comparator.comparing(MetricEvent::occurredAt));
        return work;
    }

    private static MetricEvent attempt(String classroom, String student, String target, boolean success, Instant at) {
        return Samples.event(UUID.randomUUID(), classroom, student, "submit", target, "loops", success, at);
    }

    /** In a batch of its own on a partition of its own, as one after a re-balance. */
    private void write(List<MetricEvent> events) {
        int own = partition++;
        store.position("peers", own, "id", 0);
        List<TakenEvent> taken = events.stream().map(Samples::taken).toList();
        FoldStore.Result result =
                new PartitionFold(store, 100).observe(new Slice("peers", own, 0, taken.size(), taken));
        assertThat(result).isInstanceOf(FoldStore.Committed.class);
    }
}
