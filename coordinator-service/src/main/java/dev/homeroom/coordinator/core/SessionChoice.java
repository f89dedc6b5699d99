package dev.homeroom.coordinator.core;

import dev.homeroom.coordinator.core.Rejection.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The best sessions for a task (requirement R-S6): one pass over the sessions that keeps the best few, and explains only
 * those. The pass over 20,000 sessions that are all fit takes 0.7 ms of the apply thread on a busy laptop core, so there is
 * no index.
 */
final class SessionChoice {
    /** The best first; between equals the least loaded, then the lower id. */
    private static final Comparator<Ranked> BEST_FIRST = (one, other) -> compare(one.points(), one.session(), other);

    private final State state;
    private final Views views;

    private record Ranked(Session session, int points) {}

    SessionChoice(State state, Views views) {
        this.state = state;
        this.views = views;
    }

    private static int compare(int points, Session session, Ranked other) {
        if (points != other.points()) {
            return Integer.compare(other.points(), points);
        }
        int byLoad = Integer.compare(session.tasks(), other.session().tasks());
        return byLoad != 0 ? byLoad : session.id().compareTo(other.session().id());
    }

    Decision find(Command.FindSessions find) {
        String wrong = Checks.first(
                Checks.fitting(find.task()),
                Checks.range("limit", find.limit(), 1, Bounds.PAGE),
                Checks.range("at", find.atWall(), 0, Long.MAX_VALUE));
        if (wrong != null) {
            return Decision.reject(Reason.INVALID, wrong);
        }
        Map<String, List<Affinity>> open = open(find.task().lesson(), find.atWall());
        List<Answer.RankedSession> ranked = new ArrayList<>();
        for (Ranked one : best(find.task(), open, find.limit())) {
            Session session = one.session();
            List<Affinity> own = open.getOrDefault(session.id(), List.of());
            Score score = Scoring.score(session, find.task(), own, state.now());
            ranked.add(new Answer.RankedSession(views.session(session, List.of()), score));
        }
        return Decision.of(new Answer.RankedSessions(ranked));
    }

    /** The best session that may take the task now, null when there is none. */
    @Nullable
    Session best(Command.Candidate task) {
        List<Ranked> best = best(task, open(task.lesson(), 0), 1);
        return best.isEmpty() ? null : best.getFirst().session();
    }

    /** The open affinities for a lesson by session; at a time of its own the windows are looked at here. */
    private Map<String, List<Affinity>> open(String lesson, long atWall) {
        if (lesson.isEmpty() || state.affinities.isEmpty()) {
            return Map.of();
        }
        Windows windows = new Windows(atWall);
        Map<String, List<Affinity>> open = new HashMap<>();
        state.affinities.scan(null, (id, preference) -> {
            Affinity affinity = preference.affinity();
            if (affinity.lesson().equals(lesson) && (atWall == 0 ? preference.open() : windows.open(affinity))) {
                open.computeIfAbsent(affinity.session(), session -> new ArrayList<>())
                        .add(affinity);
            }
            return true;
        });
        return open;
    }

    private List<Ranked> best(Command.Candidate task, Map<String, List<Affinity>> open, int limit) {
        PriorityQueue<Ranked> best = new PriorityQueue<>(BEST_FIRST.reversed());
        Settings settings = state.settings();
        long now = state.now();
        state.sessions.scan(null, (id, session) -> {
            if (Scoring.unfit(session, task.capabilities(), settings, now) != null) {
                return true;
            }
            int affinity = open.isEmpty() ? 0 : Scoring.affinity(open.getOrDefault(id, List.of()), task.lesson());
            int points = Scoring.points(session, task, affinity, now);
            Ranked worst = best.size() < limit ? null : best.peek();
            if (worst == null || compare(points, session, worst) < 0) {
                best.add(new Ranked(session, points));
                if (best.size() > limit) {
                    best.poll();
                }
            }
            return true;
        });
        List<Ranked> ranked = new ArrayList<>(best);
        ranked.sort(BEST_FIRST);
        return ranked;
    }
}
