package dev.homeroom.e2e.linearizable;

/** What came of a check. */
public sealed interface Verdict {
    /** One order explains every answer. */
    record Linearizable() implements Verdict {}

    /** No order does; {@code why} is for people. */
    record Violated(String why) implements Verdict {}

    /** The bounds of the check were reached first; {@code why} names them. */
    record Undecided(String why) implements Verdict {}
}
