package dev.homeroom.queue.core.insight;

import java.time.Duration;

/** How fresh a heartbeat is, as the colour that people see (R-Q8). */
public enum Freshness {
    /** Younger than {@link #YELLOW_FROM}. */
    GREEN("green"),
    /** At least {@link #YELLOW_FROM} old: several heartbeats are missing. */
    YELLOW("yellow"),
    /** At least {@link #RED_FROM} old: look after it. */
    RED("red");

    /** From this age on a heartbeat is yellow; the requirement's figure. */
    public static final Duration YELLOW_FROM = Duration.ofMinutes(1);

    /** From this age on a heartbeat is red; the requirement's figure. */
    public static final Duration RED_FROM = Duration.ofMinutes(3);

    private final String word;

    Freshness(String word) {
        this.word = word;
    }

    /** The word in answers. */
    public String word() {
        return word;
    }

    /** The colour of a heartbeat of this age. */
    public static Freshness of(Duration age) {
        if (age.compareTo(RED_FROM) >= 0) {
            return RED;
        }
        return age.compareTo(YELLOW_FROM) >= 0 ? YELLOW : GREEN;
    }
}
