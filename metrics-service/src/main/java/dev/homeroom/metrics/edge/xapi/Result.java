package dev.homeroom.metrics.edge.xapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.metrics.edge.RefusedException;
import dev.homeroom.metrics.edge.Trees;
import org.jspecify.annotations.Nullable;

/**
 * The result of a statement. What the student answered ({@code response}) is not read: it may be text they typed.
 *
 * @param success whether it went well
 * @param score the scaled score, in [-1, 1], or the raw one brought to [0, 1] by its bounds
 * @param points the raw score where nothing scales it
 * @param millis how long it took
 */
record Result(
        @Nullable Boolean success,
        @Nullable Double score,
        @Nullable Double points,
        @Nullable Long millis) {

    /**
     * Reads the result of a statement; one without a result has an empty one.
     *
     * @throws RefusedException when a part of it is not what xAPI says
     */
    static Result of(JsonNode statement) throws RefusedException {
        JsonNode result = statement.path("result");
        JsonNode success = result.path("success");
        if (!success.isMissingNode() && !success.isBoolean()) {
            throw RefusedException.invalid("result.success: must be true or false");
        }
        JsonNode score = result.path("score");
        Double scaled = number(score, "scaled");
        if (scaled != null && Math.abs(scaled) > 1) {
            throw RefusedException.invalid("result.score.scaled: must be from -1 to 1");
        }
        Double raw = number(score, "raw");
        Double fraction = fraction(raw, number(score, "min"), number(score, "max"));
        return new Result(
                success.isBoolean() ? success.booleanValue() : null,
                scaled != null ? scaled : fraction,
                scaled == null && fraction == null ? raw : null,
                duration(result));
    }

    private static @Nullable Long duration(JsonNode result) throws RefusedException {
        JsonNode duration = result.path("duration");
        if (!duration.isMissingNode() && !duration.isTextual()) {
            throw RefusedException.invalid("result.duration: must be an ISO-8601 duration");
        }
        return Trees.millis(duration.textValue());
    }

    private static @Nullable Double number(JsonNode score, String name) throws RefusedException {
        JsonNode number = score.path(name);
        if (number.isMissingNode()) {
            return null;
        }
        if (!number.isNumber() || !Double.isFinite(number.doubleValue())) {
            throw RefusedException.invalid("result.score." + name + ": must be a number");
        }
        return number.doubleValue();
    }

    private static @Nullable Double fraction(@Nullable Double raw, @Nullable Double min, @Nullable Double max) {
        double from = min == null ? 0 : min;
        if (raw == null || max == null || max <= from) {
            return null;
        }
        double fraction = (raw - from) / (max - from);
        return fraction >= 0 && fraction <= 1 ? fraction : null;
    }
}
