package dev.homeroom.metrics.edge.caliper;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The score that an event brought forth.
 *
 * @param given points, if told
 * @param most the most points there are, if told
 */
record Grade(@Nullable Double given, @Nullable Double most) {

    /** Reads what an event {@code generated}: a Score of Caliper 1.1 and 1.2, or a Result of 1.0. */
    static Grade of(JsonNode event) {
        JsonNode score = event.path("generated");
        Double given = number(score, "scoreGiven");
        Double most = number(score, "maxScore");
        return new Grade(
                given != null ? given : number(score, "totalScore"),
                most != null ? most : number(score, "maxResultScore"));
    }

    /** The part of the points that was reached, in [0, 1]; null where nothing tells it. */
    @Nullable
    Double fraction() {
        if (given == null || most == null || most <= 0 || given < 0 || given > most) {
            return null;
        }
        return given / most;
    }

    /** Whether all points were reached; null where nothing tells it. */
    @Nullable
    Boolean full() {
        Double fraction = fraction();
        return fraction == null ? null : fraction >= 1;
    }

    private static @Nullable Double number(JsonNode score, String name) {
        JsonNode number = score.path(name);
        return number.isNumber() && Double.isFinite(number.doubleValue()) ? number.doubleValue() : null;
    }
}
