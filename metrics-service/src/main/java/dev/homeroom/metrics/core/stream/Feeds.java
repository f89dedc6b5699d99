package dev.homeroom.metrics.core.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came from the topics lately, of every classroom, within one bound over all of them. Confined to the hub. */
final class Feeds {
    /** Classrooms whose latest figures are kept for whoever comes next. */
    private static final int MOST_FIGURES = 10_000;

    private final int recentPerClassroom;
    private final int recentInAll;
    private final Map<String, Feed> feeds = new HashMap<>();
    private final Deque<Change> kept = new ArrayDeque<>();
    private final Map<String, Rollup> figures = new LinkedHashMap<>(16, 0.75f, true);

    Feeds(int recentPerClassroom, int recentInAll) {
        this.recentPerClassroom = recentPerClassroom;
        this.recentInAll = recentInAll;
    }

    /** The feed of a classroom; a new one when there is none. */
    Feed open(String classroom) {
        return feeds.computeIfAbsent(classroom, name -> new Feed(name, recentPerClassroom));
    }

    @Nullable
    Feed find(String classroom) {
        return feeds.get(classroom);
    }

    /** Takes a change; false when it is no news. */
    boolean offer(Change change) {
        if (!open(change.classroom()).offer(change)) {
            return false;
        }
        kept.addLast(change);
        if (kept.size() > recentInAll) {
            Change oldest = kept.removeFirst();
            Feed its = feeds.get(oldest.classroom());
            if (its != null) {
                its.forget(oldest);
                tidy(its);
            }
        }
        return true;
    }

    /** Remembers figures if no later minute is known. */
    void count(Rollup rollup) {
        Rollup known = figures.get(rollup.classroom());
        if (known == null || known.startMillis() <= rollup.startMillis()) {
            figures.put(rollup.classroom(), rollup);
            if (figures.size() > MOST_FIGURES) {
                figures.remove(figures.keySet().iterator().next());
            }
        }
    }

    /** The latest figures of a classroom, if any came lately. */
    @Nullable
    Rollup figures(String classroom) {
        return figures.get(classroom);
    }

    /** Forgets a feed that holds nothing and that nobody reads. */
    void tidy(Feed feed) {
        if (feed.isIdle()) {
            feeds.remove(feed.classroom());
        }
    }
}
