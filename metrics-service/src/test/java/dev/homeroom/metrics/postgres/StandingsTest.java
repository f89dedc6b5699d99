package dev.homeroom.metrics.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.metrics.FoldStore;
import dev.homeroom.metrics.PartitionFold;
import dev.homeroom.metrics.Samples;
import dev.homeroom.metrics.Slice;
import dev.homeroom.metrics.core.suspect.ElementDay;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What changes of episodes say of the student is what the API says: the view behind it is asked at the same time. */
@DisplayName("R-M3 R-T1 Changes of episodes tell how the student stands")
class StandingsTest {
    /** So long ago that all that is open then has reached the last step of the ladder: the clock plays no part. */
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private static final Instant LATER = Instant.parse("2026-03-02T14:00:00Z");

    private static final String TOLD = "SELECT DISTINCT ON (key, data->>'student') key, data->>'student',"
            + " coalesce(data->'standing'->>'level', 'missing') FROM metrics.outbox"
            + " WHERE topic = 'homeroom.frustration.v1' ORDER BY key, data->>'student', position DESC";

    /** Who has no open episode has no row in the view. */
    private static final String ASKED = "SELECT e.classroom, e.student, coalesce(l.level, 'none')"
            + " FROM (SELECT DISTINCT classroom, student FROM metrics.episode) e"
            + " LEFT JOIN metrics.student_level l USING (classroom, student) ORDER BY 1, 2";

    private final FoldDatabase database = new FoldDatabase();
    private final PartitionFold fold = new PartitionFold(database.store(), 10);
    private long next;

    @BeforeEach
    void open() {
        database.store().position("t", 0, "id", 0);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    @DisplayName("R-M3 R-T1 with every revision, over all apps of the student, up and down")
    void asTheApi() {
        tries("s1", "quiz", false, 4);
        assertThat(levels()).containsExactly("c1|s1|low");
        tries("s1", "editor", false, 12);
        tries("s2", "quiz", false, 4);
        assertThat(levels()).contains("c1|s2|low").doesNotContain("c1|s1|low", "c1|s1|none");
        tries("s1", "editor", true, 1);
        tries("s2", "quiz", true, 1);
        assertThat(levels()).contains("c1|s2|none").hasSize(2);
    }

    @Test
    @DisplayName("R-M4 R-T1 what a suspected app explains does not count, neither when it is marked nor later")
    void explained() {
        for (int student = 0; student < 8; student++) {
            tries("s" + student, "quiz", false, 4);
        }
        tries("s0", "editor", false, 4);
        assertThat(database.suspects()
                        .review(ElementDay.of("quiz", "ex1", NOON), LATER)
                        .marks())
                .isEqualTo(8);
        assertThat(levels()).contains("c1|s0|low", "c1|s1|none").hasSize(8);
        tries("s0", "editor", false, 8);
        tries("s1", "editor", false, 4);
        assertThat(levels()).contains("c1|s1|low").hasSize(8);
    }

    /** What was told last of each student, which must be what the view says. */
    private List<String> levels() {
        List<String> told = database.rows(TOLD);
        assertThat(told).isEqualTo(database.rows(ASKED));
        return told;
    }

    private void tries(String student, String app, boolean success, int times) {
        List<MetricEvent> events = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            events.add(new MetricEvent(
                    UUID.randomUUID(),
                    "c1",
                    student,
                    app,
                    "submit",
                    "ex1",
                    "loops",
                    success ? "success" : "failure",
                    null,
                    null,
                    NOON.plusMillis(next * 100 + i),
                    LATER.plusMillis(next * 100 + i),
                    Map.of()));
        }
        Slice slice = new Slice(
                "t", 0, next, next + times, events.stream().map(Samples::taken).toList());
        next = slice.to();
        assertThat(fold.observe(slice)).isInstanceOf(FoldStore.Committed.class);
    }
}
