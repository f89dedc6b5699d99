package dev.homeroom.metrics.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.metrics.FoldStore;
import dev.homeroom.metrics.PartitionFold;
import dev.homeroom.metrics.Samples;
import dev.homeroom.metrics.Slice;
import dev.homeroom.metrics.TakenEvent;
import dev.homeroom.metrics.core.TunedRules.Scope;
import dev.homeroom.metrics.core.Tuning;
import dev.homeroom.metrics.tuning.Mode;
import dev.homeroom.metrics.tuning.TuningBook;
import dev.homeroom.metrics.tuning.TuningBook.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Tunings and trials in the transaction of the fold. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TuningTest {
    private static final String TOPIC = "topic";
    private static final Tuning SENSITIVE = new Tuning(0.3, null, null, Map.of());
    private static final Tuning TWO_ERRORS =
            new Tuning(null, null, null, Map.of("repeated-errors", new Tuning.Change(null, Map.of("errors", "2"))));

    private final Instant start = Instant.parse("2026-03-02T09:00:00Z");
    private final FoldDatabase database = new FoldDatabase();
    private final TuningBook book = new PostgresTuningBook(database.source());
    private int partitions;

    @AfterAll
    void stop() {
        database.close();
    }

    /** A partition of its own, with a fold that goes on where it was. */
    private final class Room {
        final String name;
        final int partition = partitions++;
        final FoldStore store = database.store();
        PartitionFold fold = new PartitionFold(store, 100);
        String student = "s1";
        long next;

        Room(String name) {
            this.name = name;
            store.position(TOPIC, partition, "id", 0);
        }

        Room fails(int... seconds) {
            for (int second : seconds) {
                TakenEvent event = Samples.taken(Samples.attempt(name, student, false, start.plusSeconds(second)));
                Slice slice = new Slice(TOPIC, partition, next, next + 1, List.of(event));
                assertThat(fold.observe(slice)).isInstanceOf(FoldStore.Committed.class);
                next++;
            }
            return this;
        }

        Place place(Mode mode) {
            return new Place(new Scope(name, "*"), mode);
        }

        List<String> episodes() {
            return database.rows("SELECT detector, status, level FROM metrics.episode WHERE classroom = '" + name
                    + "' AND detector = 'repeated-errors'");
        }

        List<String> shadows() {
            return database.rows("SELECT detector, status, level, revision FROM metrics.shadow_episode"
                    + " WHERE classroom = '" + name + "' AND detector = 'repeated-errors' ORDER BY trial, started_at");
        }
    }

    @Test
    @DisplayName("R-M3: a tuning holds from the next transaction on, without a restart, and ends as soon")
    void holdsAtOnce() {
        Room room = new Room("tuned").fails(0, 10);
        assertThat(room.episodes()).isEmpty();

        book.put(room.place(Mode.LIVE), SENSITIVE, "t1");
        room.fails(20);
        assertThat(room.episodes()).containsExactly("repeated-errors|open|low");

        assertThat(book.remove(room.place(Mode.LIVE))).isTrue();
        assertThat(book.remove(room.place(Mode.LIVE))).isFalse();
        room.student = "s2";
        room.fails(30, 40, 50);
        assertThat(room.episodes()).hasSize(1);
    }

    @Test
    @DisplayName("R-M3: a successor that starts with an empty memory goes on by the same rules")
    void successor() {
        Room room = new Room("successor");
        book.put(room.place(Mode.LIVE), TWO_ERRORS, "t1");
        room.fails(0);
        room.fold = new PartitionFold(room.store, 100);

        room.fails(10);

        assertThat(room.episodes()).containsExactly("repeated-errors|open|medium");
        book.remove(room.place(Mode.LIVE));
    }

    @Test
    @DisplayName("R-M3: rules in the shadow keep what they would have told, and tell nobody")
    void shadow() {
        Room room = new Room("shadow");
        book.put(room.place(Mode.SHADOW), TWO_ERRORS, "t1");
        room.fails(0);
        room.fold = new PartitionFold(room.store, 100);
        room.fails(10);

        assertThat(room.episodes()).isEmpty();
        assertThat(room.shadows()).containsExactly("repeated-errors|open|medium|1");
        assertThat(database.number("SELECT count(*) FROM metrics.outbox WHERE key = 'shadow'"))
                .isZero();

        room.fails(20, 30);
        assertThat(room.episodes()).containsExactly("repeated-errors|open|medium");
        assertThat(room.shadows()).containsExactly("repeated-errors|open|high|2");
        book.remove(room.place(Mode.SHADOW));
        room.fails(40);
        assertThat(database.rows("SELECT encode(state, 'hex') FROM metrics.student_state WHERE classroom = 'shadow'"))
                .singleElement()
                .satisfies(state -> assertThat(
                                PackReader.read(HexFormat.of().parseHex(state)).has("shadows"))
                        .isFalse());
        assertThat(room.shadows()).hasSize(1);
    }

    @Test
    @DisplayName("R-M3: what a trial would have told in silence is found by the tick")
    void silence() {
        Room room = new Room("silent-shadow");
        book.put(room.place(Mode.SHADOW), TWO_ERRORS, "t1");
        room.fails(0, 10);
        Instant later = start.plus(Duration.ofMinutes(11));

        room.fold.tick(TOPIC, room.partition, room.next, room.store.silent(room.partition, later, 10), later);

        assertThat(room.shadows()).containsExactly("repeated-errors|closed|medium|2");
        assertThat(room.store.silent(room.partition, later, 10)).isEmpty();
        book.remove(room.place(Mode.SHADOW));
    }

    @Test
    @DisplayName("R-M3: another trial starts with nothing")
    void anotherTrial() {
        Room room = new Room("trials");
        long first = Objects.requireNonNull(book.put(room.place(Mode.SHADOW), TWO_ERRORS, "t1"))
                .version();
        room.fails(0);
        long second = Objects.requireNonNull(book.put(room.place(Mode.SHADOW), TWO_ERRORS, "t1"))
                .version();
        room.fails(10);
        assertThat(room.shadows()).isEmpty();

        room.fails(20);

        assertThat(second).isGreaterThan(first);
        assertThat(database.rows("SELECT trial FROM metrics.shadow_episode WHERE classroom = 'trials'"))
                .containsExactly(String.valueOf(second));
        book.remove(room.place(Mode.SHADOW));
    }

    @Test
    @DisplayName("R-M3: what changes nothing is no change: the fold need not read its rules and students anew")
    void unchanged() {
        Place place = new Place(new Scope("unchanged", "quiz"), Mode.LIVE);
        TuningBook.Kept first = Objects.requireNonNull(book.put(place, SENSITIVE, "t1"));
        long version = database.number("SELECT version FROM metrics.tuning_version");

        assertThat(book.put(place, SENSITIVE, "t2")).isEqualTo(first);
        assertThat(book.remove(new Place(new Scope("unchanged", "never"), Mode.LIVE)))
                .isFalse();
        assertThat(database.number("SELECT version FROM metrics.tuning_version"))
                .isEqualTo(version);
        assertThat(Objects.requireNonNull(book.put(place, TWO_ERRORS, "t2")).version())
                .isEqualTo(version + 1);
    }

    @Test
    @DisplayName("R-M3: a classroom has room for so many tunings, and uses up nobody else's")
    void roomForAll() {
        for (int i = 0; i < TuningBook.MOST_OF_CLASSROOM; i++) {
            assertThat(book.put(new Place(new Scope("greedy", "app" + i), Mode.LIVE), SENSITIVE, "t1"))
                    .isNotNull();
        }
        assertThat(book.put(new Place(new Scope("greedy", "more"), Mode.LIVE), SENSITIVE, "t1"))
                .isNull();
        assertThat(book.put(new Place(new Scope("greedy", "app0"), Mode.LIVE), TWO_ERRORS, "t1"))
                .isNotNull();
        assertThat(book.put(new Place(new Scope("modest", "more"), Mode.LIVE), SENSITIVE, "t1"))
                .isNotNull();
        assertThat(book.put(new Place(new Scope("*", "more"), Mode.LIVE), SENSITIVE, "op"))
                .isNotNull();
    }

    @Test
    @DisplayName("R-M3: tunings are listed in order, in pages, for the classrooms asked for")
    void listed() {
        for (String classroom : List.of("l1", "l2", "l3")) {
            book.put(new Place(new Scope(classroom, "quiz"), Mode.LIVE), SENSITIVE, "t1");
        }
        book.put(new Place(new Scope("*", "quiz"), Mode.LIVE), TWO_ERRORS, "op");

        List<TuningBook.Kept> page = book.list(Set.of("l1", "l2"), null, 1);
        assertThat(page).extracting(kept -> kept.scope().classroom()).containsExactly("l1");
        Place last = new Place(page.getFirst().scope(), page.getFirst().mode());
        assertThat(book.list(Set.of("l1", "l2"), last, 10))
                .extracting(kept -> kept.scope().classroom())
                .containsExactly("l2");
        assertThat(book.holding(new Scope("l1", "quiz")))
                .extracting(TuningBook.Kept::tuning)
                .containsExactly(TWO_ERRORS, SENSITIVE);
        assertThat(book.holding(new Scope("l1", "quiz")).getLast().changedBy()).isEqualTo("t1");
    }
}
