package dev.homeroom.metrics.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.metrics.FoldStore;
import dev.homeroom.metrics.Homework;
import dev.homeroom.metrics.PartitionFold;
import dev.homeroom.metrics.Samples;
import dev.homeroom.metrics.Slice;
import dev.homeroom.metrics.TakenEvent;
import dev.homeroom.metrics.core.TunedRules;
import dev.homeroom.metrics.core.TunedRules.Scope;
import dev.homeroom.metrics.core.Tuning;
import dev.homeroom.metrics.tuning.Mode;
import dev.homeroom.metrics.tuning.Rehearsal;
import dev.homeroom.metrics.tuning.TrialBook;
import dev.homeroom.metrics.tuning.TuningBook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Rules on trial on a homework: in the shadow while it came in, and rehearsed afterwards. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RehearsalTest {
    private static final Tuning TWO_ERRORS =
            new Tuning(null, null, null, Map.of("repeated-errors", new Tuning.Change(null, Map.of("errors", "2"))));

    /** The rules as they are without settings. */
    private static final TunedRules.Basis BASIS =
            new TunedRules.Basis(Tuning.applied(Samples.RULES, List.of()), Tuning.NONE, true);

    private final FoldDatabase database = new FoldDatabase();
    private final TrialBook trials = new PostgresTrialBook(database.source(), BASIS);
    private final List<TakenEvent> homework =
            Homework.submissions("hw").stream().map(Samples::taken).toList();
    private final Instant from = homework.getFirst().observed().at();
    private final Instant to = homework.getLast().observed().at().plus(Duration.ofDays(1));
    private long trial;

    @BeforeAll
    void write() {
        TuningBook book = new PostgresTuningBook(database.source());
        TuningBook.Place place = new TuningBook.Place(new Scope("hw", "*"), Mode.SHADOW);
        trial = Objects.requireNonNull(book.put(place, TWO_ERRORS, "t1")).version();
        FoldStore store = database.store(BASIS);
        store.position("t", 0, "id", 0);
        PartitionFold fold = new PartitionFold(store, 1_000);
        int next = 0;
        while (next < homework.size()) {
            int until = Math.min(homework.size(), next + 1_000);
            assertThat(fold.observe(new Slice("t", 0, next, until, homework.subList(next, until))))
                    .isInstanceOf(FoldStore.Committed.class);
            next = until;
        }
        fold.tick("t", 0, next, store.silent(0, to, 10_000), to);
    }

    @AfterAll
    void stop() {
        database.close();
    }

    private Rehearsal.Report rehearse(Tuning tuning) {
        return trials.rehearse(new TrialBook.Question("hw", null, from, to, tuning))
                .orElseThrow();
    }

    @Test
    @DisplayName("R-M3: a rehearsal of the rules in use tells what they told")
    void sameRules() {
        Rehearsal.Report report = rehearse(Tuning.NONE);

        assertThat(report.events()).isEqualTo(homework.size());
        assertThat(report.students())
                .isEqualTo(homework.stream().map(TakenEvent::student).distinct().count());
        for (Rehearsal.Told told : report.detectors()) {
            assertThat(told.live())
                    .as(told.detector())
                    .isEqualTo(database.number("SELECT count(*) FROM metrics.episode WHERE status <> 'retracted'"
                            + " AND detector = '" + told.detector() + "'"))
                    .isEqualTo(told.would())
                    .isEqualTo(told.both());
        }
        assertThat(report.detectors()).extracting(Rehearsal.Told::detector).contains("struggle", "abandonment");
    }

    @Test
    @DisplayName("R-M3: a rehearsal of other rules tells what they told in the shadow")
    void shadowRules() {
        Rehearsal.Report report = rehearse(TWO_ERRORS);
        List<TrialBook.Told> inTheShadow = trials.report("hw", trial, from.minus(Duration.ofDays(1)), to);

        assertThat(report.detectors())
                .extracting(told -> "%s %d of %d students, %d live, %d both"
                        .formatted(told.detector(), told.would(), told.students(), told.live(), told.both()))
                .isEqualTo(inTheShadow.stream()
                        .map(told -> "%s %d of %d students, %d live, %d both"
                                .formatted(told.detector(), told.would(), told.students(), told.live(), told.both()))
                        .toList());
        Rehearsal.Told errors = report.detectors().stream()
                .filter(told -> told.detector().equals("repeated-errors"))
                .findFirst()
                .orElseThrow();
        assertThat(errors.would()).isGreaterThan(errors.live());
        assertThat(errors.perActiveHour()).isPositive();
    }

    @Test
    @DisplayName("R-M3: what a trial would have told is listed in pages, latest first")
    void pages() {
        Instant early = from.minus(Duration.ofDays(1));
        List<TrialBook.ShadowEpisode> all = trials.episodes("hw", trial, early, to, null, 1_000);
        List<TrialBook.ShadowEpisode> first = trials.episodes("hw", null, early, to, null, 7);
        TrialBook.ShadowEpisode last = first.getLast();
        TrialBook.After after = new TrialBook.After(last.since(), last.trial(), last.id());

        assertThat(all).hasSizeGreaterThan(14);
        assertThat(all.subList(0, 7)).isEqualTo(first);
        assertThat(trials.episodes("hw", null, early, to, after, 7)).isEqualTo(all.subList(7, 14));
        assertThat(all).anyMatch(TrialBook.ShadowEpisode::alsoLive).anyMatch(each -> !each.alsoLive());
        assertThat(trials.episodes("elsewhere", null, early, to, null, 7)).isEmpty();
    }
}
