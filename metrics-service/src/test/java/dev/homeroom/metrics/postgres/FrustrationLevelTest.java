package dev.homeroom.metrics.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.metrics.core.Level;
import dev.homeroom.metrics.core.detector.Catalogue;
import dev.homeroom.metrics.core.level.OpenSignal;
import dev.homeroom.metrics.core.level.SignalWeights;
import dev.homeroom.metrics.core.level.StudentLevel;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The level in SQL is the level in Java. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrustrationLevelTest {
    private static final String BOTH = """
            SELECT metrics.frustration_strength(scores, weights, lasting),
                   metrics.frustration_level(scores, weights, lasting, before)
            FROM (VALUES (?::float8[], ?::float8[], ?::interval[], ?)) AS asked (scores, weights, lasting, before)
            """;

    private static final List<Level> LEVELS = List.of(Level.values());

    private final FoldDatabase database = new FoldDatabase();

    @AfterAll
    void stop() {
        database.close();
    }

    @Test
    @DisplayName("R-M3: the level in SQL agrees with the one in Java, to the last bit, on random signals")
    void agrees() throws SQLException {
        Random random = new Random(20_261_121);
        try (Connection connection = database.source().getConnection();
                PreparedStatement query = connection.prepareStatement(BOTH)) {
            for (int i = 0; i < 3_000; i++) {
                List<OpenSignal> open = Stream.generate(() -> signal(random))
                        .limit(random.nextInt(8))
                        .toList();
                Level before = LEVELS.get(random.nextInt(LEVELS.size()));
                query.setArray(1, connection.createArrayOf("float8", column(open, OpenSignal::score)));
                query.setArray(2, connection.createArrayOf("float8", column(open, OpenSignal::weight)));
                query.setArray(
                        3,
                        connection.createArrayOf(
                                "text", column(open, signal -> micros(signal.lasting()) + " microseconds")));
                query.setString(4, before.word());
                try (ResultSet row = query.executeQuery()) {
                    assertThat(row.next()).isTrue();
                    assertThat(row.getDouble(1)).as("%s", open).isEqualTo(StudentLevel.strength(open));
                    assertThat(row.getString(2))
                            .as("%s after %s", open, before)
                            .isEqualTo(StudentLevel.of(open, before).word());
                }
            }
        }
    }

    @Test
    @DisplayName("R-M3: at every bound, and just below it, from every level before")
    void bounds() throws SQLException {
        String query = "SELECT metrics.frustration_level(?, ?)";
        try (Connection connection = database.source().getConnection();
                PreparedStatement level = connection.prepareStatement(query)) {
            for (Level bound : Level.values()) {
                for (double at : new double[] {bound.from(), bound.from() - StudentLevel.HYSTERESIS}) {
                    for (double strength : new double[] {Math.nextDown(at), at, Math.nextUp(at)}) {
                        for (Level before : Level.values()) {
                            level.setDouble(1, strength);
                            level.setString(2, before.word());
                            try (ResultSet row = level.executeQuery()) {
                                assertThat(row.next()).isTrue();
                                // Below zero there is no strength, and SQL says so by no level at all.
                                if (strength >= 0) {
                                    assertThat(row.getString(1))
                                            .as("%s after %s", strength, before)
                                            .isEqualTo(StudentLevel.level(strength, before)
                                                    .word());
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("R-M3: SQL weighs each detector as Java does")
    void weights() {
        for (Catalogue.Entry entry : Catalogue.ALL) {
            String name = entry.standard().name();
            assertThat(database.rows("SELECT metrics.signal_weight('%s')".formatted(name)))
                    .as(name)
                    .extracting(Double::valueOf)
                    .containsExactly(SignalWeights.of(name));
        }
    }

    private static OpenSignal signal(Random random) {
        boolean round = random.nextBoolean();
        double score = round ? random.nextInt(21) / 20.0 : random.nextDouble();
        double weight = round ? 1 : random.nextDouble();
        Duration lasting = round
                ? StudentLevel.LADDER
                        .get(random.nextInt(StudentLevel.LADDER.size()))
                        .minusNanos(random.nextInt(2) * 1_000L)
                : Duration.ofMillis(random.nextInt(1_000_000));
        return new OpenSignal(score, weight, lasting);
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }

    private static Object[] column(List<OpenSignal> open, Function<OpenSignal, Object> value) {
        return open.stream().map(value).toArray();
    }
}
