package dev.homeroom.queue.postgres;

/** The partitions of the history, a day each. */
final class Partitions {
    /** How many days ahead there is one: a service that is down for longer makes them when it starts. */
    static final int DAYS_AHEAD = 7;

    /** Makes those that are missing from yesterday to so many days ahead. */
    static final String AHEAD = "SELECT queue.create_partitions($1)";

    private Partitions() {}
}
