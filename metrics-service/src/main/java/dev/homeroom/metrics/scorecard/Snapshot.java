package dev.homeroom.metrics.scorecard;

import dev.homeroom.metrics.core.Details;
import dev.homeroom.metrics.core.EventKind;
import dev.homeroom.metrics.core.Observed;
import java.time.Instant;
import java.util.UUID;

/**
 * A submission that an autograder looked at.
 *
 * @param at when
 * @param compileErrors compiler errors
 * @param runtimeErrors runtime errors
 * @param failed tests failed
 * @param passed tests passed
 */
public record Snapshot(Instant at, int compileErrors, int runtimeErrors, int failed, int passed) {
    /** Whether nothing was wrong with it. */
    public boolean clean() {
        return compileErrors == 0 && runtimeErrors == 0 && failed == 0 && passed > 0;
    }

    /** The part of the tests that passed, 0 to 1; 0 for what does not compile. */
    public double score() {
        return compileErrors > 0 || passed == 0 ? 0 : (double) passed / (passed + failed);
    }

    /** The event that an app would send of it: a submission of the homework, which is exercise and skill in one. */
    Observed event(String homework, UUID id) {
        return new Observed(id, EventKind.SUBMIT, homework, homework, clean(), score(), null, Details.NONE, at, at);
    }
}
