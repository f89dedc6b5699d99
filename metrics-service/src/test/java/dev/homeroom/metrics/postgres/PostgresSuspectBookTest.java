package dev.homeroom.metrics.postgres;

import static dev.homeroom.metrics.Samples.attempt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.metrics.FoldStore;
import dev.homeroom.metrics.PartitionFold;
import dev.homeroom.metrics.Samples;
import dev.homeroom.metrics.Slice;
import dev.homeroom.metrics.TakenEvent;
import dev.homeroom.metrics.core.suspect.ElementDay;
import dev.homeroom.metrics.suspect.SuspectBook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Suspicions beside the fold that makes the episodes, in a real database. */
class PostgresSuspectBookTest {
    /** Not near midnight: a suspicion is of one day. */
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private static final ElementDay ELEMENT = ElementDay.of("editor", "ex1", NOON);
    private static final String TOLD = "SELECT data->>'status', data->>'revision', data->>'students',"
            + " data->>'classrooms' FROM metrics.outbox WHERE topic = 'homeroom.suspects.v1' ORDER BY position";

    private final FoldDatabase database = new FoldDatabase();
    private final FoldStore store = database.store();
    private final PostgresSuspectBook book = database.suspects();
    private PartitionFold fold = new PartitionFold(store, 1_000);
    private long next;

    @BeforeEach
    void open() {
        store.position("t", 0, "id", 0);
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** Each of these students fails four times in a row, in classroom c0 or c1. */
    private void fail(int from, int to, Instant at) {
        List<TakenEvent> taken = new ArrayList<>();
        for (int student = from; student < to; student++) {
            for (int i = 0; i < 4; i++) {
                Instant when = at.plusSeconds(student).plusMillis(i * 100L);
                taken.add(Samples.taken(attempt("c" + student % 2, "s" + student, false, when)));
            }
        }
        Slice slice = new Slice("t", 0, next, next + taken.size(), taken);
        next = slice.to();
        assertThat(fold.observe(slice)).isInstanceOf(FoldStore.Committed.class);
    }

    /** So many others get on well with it meanwhile, with three events each. */
    private void others(int many, Instant at) {
        List<TakenEvent> taken = new ArrayList<>();
        for (int student = 0; student < many; student++) {
            for (int i = 0; i < 3; i++) {
                taken.add(Samples.taken(attempt("d" + student % 9, "o" + student, true, at.plusSeconds(student + i))));
            }
        }
        Slice slice = new Slice("t", 0, next, next + taken.size(), taken);
        next = slice.to();
        assertThat(fold.observe(slice)).isInstanceOf(FoldStore.Committed.class);
    }

    private long marked() {
        return database.number("SELECT count(*) FROM metrics.episode WHERE suspect IS NOT NULL");
    }

    @Test
    @DisplayName("R-M4: eight students are told once, to the app's owner, and their episodes are quieted")
    void suspectedOnce() {
        fail(0, 7, NOON);
        assertThat(book.review(ELEMENT, NOON)).isEqualTo(new SuspectBook.Reviewed(0, 0));
        fail(7, 8, NOON);

        SuspectBook.Reviewed first = book.review(ELEMENT, NOON);
        SuspectBook.Reviewed again = book.review(ELEMENT, NOON);

        assertThat(first).isEqualTo(new SuspectBook.Reviewed(1, 8));
        assertThat(again).isEqualTo(new SuspectBook.Reviewed(0, 0));
        assertThat(database.rows(TOLD)).containsExactly("open|1|8|2");
        assertThat(database.rows("SELECT DISTINCT data->>'revision', data->>'suspect' = (SELECT id::text FROM"
                        + " metrics.app_suspect) FROM metrics.outbox WHERE data->>'suspect' IS NOT NULL"))
                .containsExactly("2|t");
    }

    @Test
    @DisplayName("R-M4: eight students of forty-one at the element quiet nobody; of forty they do")
    void aShareOfThoseActive() {
        others(32, NOON);
        // One whose clock is days ahead: the event counts for when it was received.
        database.run("""
                INSERT INTO metrics.event (classroom, app, id, occurred_at, at, received_at, student, type, target)
                SELECT classroom, app, gen_random_uuid(), occurred_at + INTERVAL '13 days', at, at, 'ahead', type, target
                FROM metrics.event WHERE student = 'o0' LIMIT 1
                """);
        fail(0, 8, NOON);

        assertThat(book.review(ELEMENT, NOON)).isEqualTo(new SuspectBook.Reviewed(0, 0));
        assertThat(marked()).isZero();

        // One of them was there an hour before only.
        database.run("UPDATE metrics.event SET at = at - INTERVAL '1 hour' WHERE student = 'o7'");
        assertThat(book.review(ELEMENT, NOON)).isEqualTo(new SuspectBook.Reviewed(1, 8));
    }

    @Test
    @DisplayName("R-M4: who else was at the element is found by an index")
    void activityByIndex() {
        assertThat(database.rows(
                        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'metrics' AND tablename = 'event'"))
                .anyMatch(index -> index.contains("(app, target, at)"));
    }

    @Test
    @DisplayName("R-M4: while an element is suspected, further students are quiet from their first revision")
    void laterOnesAreQuietAtOnce() {
        fail(0, 8, NOON);
        book.review(ELEMENT, NOON);

        fail(8, 30, NOON);

        assertThat(marked()).isEqualTo(30);
        assertThat(database.number("SELECT count(*) FROM metrics.outbox WHERE data->>'revision' = '1'"
                        + " AND data->>'suspect' IS NOT NULL"))
                .isEqualTo(22);
        assertThat(book.review(ELEMENT, NOON).marks()).isZero();
        assertThat(database.rows(TOLD)).containsExactly("open|1|8|2", "open|2|27|2");
    }

    @Test
    @DisplayName("R-M4: the fold's changes of a quieted episode stay quiet and carry the next number")
    void foldAndMarkShareTheNumbers() {
        fail(0, 8, NOON);
        book.review(ELEMENT, NOON);
        fold = new PartitionFold(store, 1_000);
        List<TakenEvent> solved = List.of(Samples.taken(attempt("c0", "s0", true, NOON.plusSeconds(60))));
        fold.observe(new Slice("t", 0, next, next + 1, solved));

        assertThat(database.rows("SELECT data->>'revision', data->>'status', data->>'suspect' IS NOT NULL"
                        + " FROM metrics.outbox WHERE data->>'student' = 's0' ORDER BY position"))
                .containsExactly("1|open|f", "2|open|t", "3|closed|t");
    }

    @Test
    @DisplayName("R-M4: a suspicion ends in silence, without a new event, and the next students are told again")
    void endsInSilence() {
        fail(0, 8, NOON);
        book.review(ELEMENT, NOON);
        Instant over = NOON.plus(Duration.ofMinutes(11));
        assertThat(book.due(NOON.plusSeconds(60), 10)).isEmpty();
        assertThat(book.due(over, 10)).containsExactly(ELEMENT);

        book.review(ELEMENT, over);
        fail(8, 9, over);
        book.review(ELEMENT, over);

        assertThat(book.due(over, 10)).isEmpty();
        assertThat(database.rows(TOLD)).containsExactly("open|1|8|2", "closed|2|8|2");
        assertThat(marked()).isEqualTo(8);
    }

    @Test
    @DisplayName("R-M4: when the episodes turn out to be none, the suspicion is retracted and the others speak again")
    void retracted() {
        fail(0, 8, NOON);
        book.review(ELEMENT, NOON);
        database.rows("UPDATE metrics.episode SET status = 'retracted' WHERE student = 's3' RETURNING id");

        book.review(ELEMENT, NOON);

        assertThat(database.rows(TOLD)).containsExactly("open|1|8|2", "retracted|2|8|2");
        assertThat(database.number(
                        "SELECT count(*) FROM metrics.episode WHERE suspect IS NOT NULL AND student <> 's3'"))
                .isZero();
    }

    @Test
    @DisplayName(
            "R-M4: the fold writes episodes in the order in which looks lock them, so that nobody waits in a circle")
    void sameOrderOfLocks() {
        fail(0, 20, NOON);

        assertThat(database.rows("SELECT id FROM metrics.episode ORDER BY ctid"))
                .hasSize(20)
                .isEqualTo(database.rows("SELECT id FROM metrics.episode ORDER BY id"));
    }

    @Test
    @DisplayName("R-M4: replicas that look at the same moment tell it once")
    void atTheSameMoment() throws Exception {
        fail(0, 20, NOON);

        try (var replicas = Executors.newFixedThreadPool(4)) {
            Callable<SuspectBook.Reviewed> look = () -> database.suspects().review(ELEMENT, NOON);
            for (var done : replicas.invokeAll(List.of(look, look, look, look))) {
                done.get();
            }
        }

        assertThat(database.rows(TOLD)).containsExactly("open|1|16|2");
        assertThat(database.number("SELECT count(*) FROM metrics.outbox WHERE data->>'suspect' IS NOT NULL"))
                .isEqualTo(20);
    }
}
