package dev.homeroom.bench.queue;

/** What the tasks carry: some 100 bytes of JSON, with the time at which they were made. */
final class Payloads {
    private static final String BEGIN = "{\"at\":";
    private static final String END =
            ",\"repository\":\"homeroom/example\",\"command\":\"mvn verify\",\"directory\":\"services/queue\"}";

    /** Of tasks whose age does not matter. */
    static final String ANY = of(0);

    private Payloads() {}

    /** With a time of {@link System#nanoTime()}. */
    static String of(long nanos) {
        return BEGIN + nanos + END;
    }

    /** That time. */
    static long madeAt(String payload) {
        return Long.parseLong(payload.substring(BEGIN.length(), payload.indexOf(',')));
    }
}
