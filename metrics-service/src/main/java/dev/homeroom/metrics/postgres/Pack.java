package dev.homeroom.metrics.postgres;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tags of {@link PackWriter} and {@link PackReader}, and the words that both know. None may ever change its meaning. */
final class Pack {
    static final int NULL = 0;
    static final int TRUE = 1;
    static final int FALSE = 2;
    /** A signed number. */
    static final int NUMBER = 3;
    /** Eight bytes. */
    static final int REAL = 4;
    /** A length in bytes, and UTF-8. */
    static final int TEXT = 5;
    /** The place among the words, and behind them among the texts so far. */
    static final int TEXT_AGAIN = 6;
    /** Sixteen bytes. */
    static final int ID = 7;
    /** The place among the ids so far. */
    static final int ID_AGAIN = 8;
    /** A signed number: milliseconds after the instant before, the first after 1970. */
    static final int INSTANT = 9;
    /** Seconds since 1970, signed, and nanoseconds; not counted as the instant before. */
    static final int FINE_INSTANT = 10;
    /** Seconds, signed, and nanoseconds. */
    static final int SPAN = 11;
    /** A size, and so many values. */
    static final int LIST = 12;
    /** A size, and so many pairs of values. */
    static final int MAP = 13;
    /** A size, so many texts, which name the components, and so many values. */
    static final int RECORD = 14;
    /** The place among the records with names so far, and their values. */
    static final int RECORD_AGAIN = 15;

    static final int NANOS_OF_A_MILLI = 1_000_000;
    /** Milliseconds of instants nearer than this fit a number, also their differences. */
    static final long FARTHEST_SECOND = 1L << 50;

    /** The most bytes of a number. */
    static final int LONGEST_NUMBER = 10;

    /** Names of components, so that they take two bytes. Others stand there as texts. Only ever add to the end. */
    private static final List<String> WORDS = List.of(
            "lanes",
            "shadows",
            "app",
            "trial",
            "time",
            "base",
            "held",
            "announced",
            "highWater",
            "horizon",
            "lastReceivedAt",
            "detector",
            "subject",
            "memory",
            "open",
            "lastAt",
            "closedAt",
            "rests",
            "target",
            "skill",
            "id",
            "kind",
            "success",
            "score",
            "peers",
            "details",
            "at",
            "receivedAt",
            "x",
            "y",
            "clicks",
            "expectsRepeats",
            "dead",
            "reaction",
            "error",
            "hintDepth",
            "bottomOut",
            "duration",
            "value",
            "started",
            "solved",
            "slow",
            "revision",
            "episode",
            "asOf",
            "status",
            "level",
            "startedAt",
            "endedAt",
            "evidence",
            "rule",
            "values",
            "events",
            "marks",
            "visits",
            "place",
            "count",
            "last",
            "times",
            "since",
            "told",
            "p",
            "attempts",
            "opportunities",
            "right",
            "best",
            "answers");

    private static final Map<String, Integer> PLACES = places();

    private Pack() {}

    private static Map<String, Integer> places() {
        Map<String, Integer> places = new HashMap<>();
        WORDS.forEach(word -> places.put(word, places.size()));
        return Map.copyOf(places);
    }

    /** How many words there are. */
    static int words() {
        return WORDS.size();
    }

    /** The place of a word; -1 for other texts. */
    static int word(String text) {
        return PLACES.getOrDefault(text, -1);
    }

    /** All words. */
    static List<String> allWords() {
        return WORDS;
    }
}
