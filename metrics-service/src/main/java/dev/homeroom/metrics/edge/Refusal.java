package dev.homeroom.metrics.edge;

import dev.homeroom.contracts.problem.ProblemType;

/**
 * Why one event is not taken.
 *
 * @param type by which clients decide
 * @param detail for people: the field and what is wrong with it
 */
public record Refusal(ProblemType type, String detail) {
    /** Of type {@code invalid}. */
    public static Refusal invalid(String detail) {
        return new Refusal(ProblemType.INVALID, detail);
    }

    /** Of type {@code malformed}. */
    public static Refusal malformed(String detail) {
        return new Refusal(ProblemType.MALFORMED, detail);
    }

    /** Of type {@code forbidden}. */
    public static Refusal forbidden(String detail) {
        return new Refusal(ProblemType.FORBIDDEN, detail);
    }
}
