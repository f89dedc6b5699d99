package dev.homeroom.metrics.core.stream;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Questions to other services: each asked once however many readers wait for it, only some at a time, and after a failure
 * not again at once. Readers that still wait ask again with every tick. Confined to the hub.
 */
final class Lookups {
    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final long LONGEST_PAUSE_MILLIS = 5000;

    /** Stands for "a snapshot" where otherwise a number stands. */
    private static final long SNAPSHOT = -1;

    private record Question(String classroom, long after) {}

    private record Pause(int failures, long until) {}

    private final World world;
    private final int most;
    private final Map<Question, Long> underWay = new HashMap<>();
    private final Map<Question, Long> queued = new LinkedHashMap<>();
    private final Map<String, Pause> pauses = new HashMap<>();

    Lookups(World world, int most) {
        this.world = world;
        this.most = most;
    }

    void history(long now, Feed feed, long after) {
        ask(now, feed, new Question(feed.classroom(), after));
    }

    void snapshot(long now, Feed feed) {
        ask(now, feed, new Question(feed.classroom(), SNAPSHOT));
    }

    /** Whether the numbers have been the same ones since this was asked: only then the answer knows better than the feed. */
    boolean isHistoryFresh(Feed feed, long after) {
        return isFresh(feed, new Question(feed.classroom(), after));
    }

    /** The same for a snapshot. */
    boolean isSnapshotFresh(Feed feed) {
        return isFresh(feed, new Question(feed.classroom(), SNAPSHOT));
    }

    void historyDone(String classroom, long after) {
        pauses.remove(classroom);
        finished(new Question(classroom, after));
    }

    void snapshotDone(String classroom) {
        pauses.remove(classroom);
        finished(new Question(classroom, SNAPSHOT));
    }

    void historyFailed(long now, String classroom, long after) {
        pause(now, classroom);
        finished(new Question(classroom, after));
    }

    void snapshotFailed(long now, String classroom) {
        pause(now, classroom);
        finished(new Question(classroom, SNAPSHOT));
    }

    /** Lets a pause that is long over be forgotten, so that classrooms nobody reads leave nothing behind. */
    void tidy(long now) {
        pauses.values().removeIf(pause -> now > pause.until() + 10 * LONGEST_PAUSE_MILLIS);
    }

    private boolean isFresh(Feed feed, Question question) {
        Long asked = underWay.get(question);
        return asked != null && asked == feed.generation();
    }

    private void ask(long now, Feed feed, Question question) {
        Pause pause = pauses.get(question.classroom());
        if (underWay.containsKey(question) || (pause != null && now < pause.until())) {
            return;
        }
        if (underWay.size() < most) {
            start(question, feed.generation());
        } else {
            queued.put(question, feed.generation());
        }
    }

    private void start(Question question, long generation) {
        underWay.put(question, generation);
        if (question.after() == SNAPSHOT) {
            world.readSnapshot(question.classroom());
        } else {
            world.readHistory(question.classroom(), question.after());
        }
    }

    private void finished(Question question) {
        if (underWay.remove(question) != null && !queued.isEmpty()) {
            Map.Entry<Question, Long> next = queued.entrySet().iterator().next();
            queued.remove(next.getKey());
            start(next.getKey(), next.getValue());
        }
    }

    private void pause(long now, String classroom) {
        Pause before = pauses.get(classroom);
        int failures = before == null ? 0 : before.failures();
        long length = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures, 10));
        pauses.put(classroom, new Pause(failures + 1, now + length));
    }
}
