package dev.homeroom.metrics.core.suspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.metrics.Samples;
import dev.homeroom.metrics.core.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SuspectingTest {
    private static final ElementDay ELEMENT = new ElementDay("editor", "ex1", LocalDate.parse("2026-03-02"));
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final Instant MUCH_LATER = START.plus(Duration.ofDays(2));
    private static final SuspectRules RULES = new SuspectRules(4, 0.2, Duration.ofMinutes(10), Set.of());

    private static final Activity NOBODY_ELSE = (most, from, to) -> false;

    private final Suspecting suspecting = new Suspecting(RULES);

    private static Sighting sighting(String student, long second) {
        Instant at = START.plusSeconds(second);
        return new Sighting(
                UUID.nameUUIDFromBytes((student + second).getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                "c" + student.length() % 2,
                student,
                at,
                at.plusMillis(40),
                UUID.randomUUID());
    }

    private List<Suspicion> of(Instant now, Sighting... sightings) {
        return suspecting.of(ELEMENT, List.of(sightings), NOBODY_ELSE, now);
    }

    @Test
    @DisplayName("R-M4: many students at one element within the window are one suspicion, which explains all of them")
    void manyStudents() {
        Sighting[] all = {sighting("a", 0), sighting("bb", 100), sighting("c", 200), sighting("dd", 599)};

        Suspicion found = of(START.plusSeconds(600), all).getFirst();

        assertThat(found.figures().open()).isTrue();
        assertThat(found.figures().level()).isEqualTo(Level.MEDIUM);
        assertThat(found.figures().score()).isEqualTo(0.5);
        assertThat(found.figures().students()).isEqualTo(4);
        assertThat(found.figures().classrooms()).isEqualTo(2);
        assertThat(found.figures().startedAt()).isEqualTo(START);
        assertThat(found.figures().evidence().values()).containsEntry("seconds", 599.0);
        assertThat(found.members())
                .containsExactlyInAnyOrder(
                        List.of(all).stream().map(Sighting::episode).toArray(UUID[]::new));
    }

    @Test
    @DisplayName("R-M4: one student, however often, few students, or many over a long time are no suspicion")
    void noSuspicion() {
        assertThat(of(MUCH_LATER, sighting("a", 0), sighting("a", 10), sighting("a", 20), sighting("a", 30)))
                .isEmpty();
        assertThat(of(MUCH_LATER, sighting("a", 0), sighting("b", 10), sighting("c", 20)))
                .isEmpty();
        assertThat(of(MUCH_LATER, sighting("a", 0), sighting("b", 300), sighting("c", 500), sighting("d", 601)))
                .isEmpty();
    }

    @Test
    @DisplayName(
            "R-M4: a suspicion lasts until the element rested, its level rises with the students, its end counts all")
    void lastsAndEnds() {
        List<Sighting> sightings = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            sightings.add(sighting("s" + i, i * 300L));
        }
        sightings.removeIf(one -> one.startedAt().equals(START.plusSeconds(3_600)));
        for (int i = 0; i < 3; i++) {
            sightings.add(sighting("t" + i, 5 + i));
        }

        Suspicion lasting = suspecting
                .of(ELEMENT, sightings, NOBODY_ELSE, START.plusSeconds(3_950))
                .getFirst();
        Suspicion over =
                suspecting.of(ELEMENT, sightings, NOBODY_ELSE, MUCH_LATER).getFirst();

        assertThat(lasting.figures().open()).isTrue();
        assertThat(lasting.figures().level()).isEqualTo(Level.CRITICAL);
        assertThat(lasting.figures().students()).isEqualTo(14);
        assertThat(over.id()).isEqualTo(lasting.id());
        assertThat(over.figures().open()).isFalse();
        assertThat(over.figures().students()).isEqualTo(16);
        assertThat(over.figures().endedAt()).isEqualTo(START.plusSeconds(3_900));
    }

    @Test
    @DisplayName("R-M4: after a rest the same element may be suspected anew, under another id")
    void anew() {
        List<Suspicion> found = of(
                MUCH_LATER,
                sighting("a", 0),
                sighting("b", 1),
                sighting("c", 2),
                sighting("d", 3),
                sighting("e", 604),
                sighting("f", 605),
                sighting("g", 606),
                sighting("h", 607));

        assertThat(found).hasSize(2);
        assertThat(found.stream().map(Suspicion::id).distinct()).hasSize(2);
        assertThat(found).allSatisfy(one -> assertThat(one.members()).hasSize(4));
    }

    @Test
    @DisplayName("R-M4: at scale, so many in trouble among many more who get on well are no suspicion")
    void fewOfMany() {
        Sighting[] all = {sighting("a", 0), sighting("bb", 100), sighting("c", 200), sighting("dd", 599)};

        assertThat(suspecting.of(ELEMENT, List.of(all), (most, from, to) -> 20 > most, MUCH_LATER))
                .hasSize(1);
        assertThat(suspecting.of(ELEMENT, List.of(all), (most, from, to) -> 21 > most, MUCH_LATER))
                .isEmpty();
    }

    @Test
    @DisplayName("R-M4: those active are asked for around the trouble only")
    void activeMeanwhile() {
        List<Instant> asked = new ArrayList<>();
        Sighting[] all = {sighting("a", 0), sighting("b", 1), sighting("c", 2), sighting("d", 301)};

        var _ = suspecting.of(
                ELEMENT,
                List.of(all),
                (most, from, to) -> {
                    asked.add(from);
                    asked.add(to);
                    return false;
                },
                MUCH_LATER);

        assertThat(asked).containsExactly(START.minusSeconds(300), START.plusSeconds(600));
    }

    @Test
    @DisplayName("R-M4: a suspicion is over when few of those active run into trouble, and speaks of nobody after that")
    void endsThoughSomebodyAlwaysFails() {
        List<Sighting> sightings = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sightings.add(sighting("s" + i, i));
        }
        for (int i = 0; i < 12; i++) {
            sightings.add(sighting("t" + i, 300 + i * 300L));
        }

        List<Suspicion> found = suspecting.of(ELEMENT, sightings, (most, from, to) -> 50 > most, MUCH_LATER);

        assertThat(found).hasSize(1);
        // Five of 50 would keep it; from 15 minutes on they are three within ten.
        assertThat(found.getFirst().figures().students()).isEqualTo(22);
        assertThat(found.getFirst().figures().endedAt()).isEqualTo(START.plusSeconds(600));
    }

    @Test
    @DisplayName("R-M4: the order in which sightings are known does not matter")
    void anyOrder() {
        int found = 0;
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<Sighting> sightings = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                Instant at = START.plusSeconds(random.nextInt(7_200));
                sightings.add(new Sighting(
                        Samples.uuid(random), "c" + random.nextInt(3), "s" + random.nextInt(9), at, at, null));
            }
            Instant now = START.plusSeconds(random.nextInt(9_000));
            List<Suspicion> one = suspecting.of(ELEMENT, sightings, NOBODY_ELSE, now);
            Collections.shuffle(sightings, random);
            assertThat(suspecting.of(ELEMENT, sightings, NOBODY_ELSE, now))
                    .as("seed %d", seed)
                    .isEqualTo(one);
            found += one.size();
        }
        assertThat(found).as("the property is not empty").isGreaterThan(100);
    }
}
