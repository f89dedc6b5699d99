package dev.homeroom.metrics.http;

import dev.homeroom.contracts.problem.ProblemType;

/**
 * Why one event is not taken.
 *
 * @param type by which clients decide
 * @param detail for people: the field and what is wrong with it
 */
record Refusal(ProblemType type, String detail) {
    static Refusal invalid(String detail) {
        return new Refusal(ProblemType.INVALID, detail);
    }

    static Refusal malformed(String detail) {
        return new Refusal(ProblemType.MALFORMED, detail);
    }

    static Refusal forbidden(String detail) {
        return new Refusal(ProblemType.FORBIDDEN, detail);
    }
}
