package dev.homeroom.coordinator.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well a session and a task fit: the one place where affinity is scored, in both directions (requirements R-S6,
 * R-S7). Pure; whole numbers only, so that every replica and every Java gets the same.
 *
 * <table>
 * <caption>The parts of a score</caption>
 * <tr><th>part</th><th>points</th><th>when</th><th>why so much</th></tr>
 * <tr><td>affinity</td><td>sum of weights, at most 100</td><td>the session's affinities for the task's lesson with an
 *     open window, or without windows</td><td>somebody asked for it in words; a full weight outdoes all the rest but the
 *     lesson together</td></tr>
 * <tr><td>lesson</td><td>40</td><td>the session works on the task's lesson</td><td>work of one kind stays together: worth
 *     more than codebase and machine together</td></tr>
 * <tr><td>codebase</td><td>20</td><td>the task was worked on in the session's repository</td><td>a checkout and its
 *     caches are there</td></tr>
 * <tr><td>machine</td><td>10</td><td>the task was worked on on the session's host</td><td>files left behind are there;
 *     less than the codebase, which is usually why they matter</td></tr>
 * <tr><td>load</td><td>0 to 20</td><td>20 × free places / places for tasks</td><td>decides between equals, and against the
 *     machine when a session is more than half full</td></tr>
 * <tr><td>health</td><td>0, 10, 20</td><td>20: the last heartbeat is no older than the interval; 10: than two; else, or
 *     without any heartbeat yet, 0</td><td>one late heartbeat is a pause, two are a warning; the rest is decided by
 *     fitness</td></tr>
 * </table>
 *
 * <p>Load and health are the same for all tasks of a session, so they do not decide among candidates of a claim.
 */
final class Scoring {
    /** Most points of all open affinities of a session for a lesson together. */
    static final int MOST_AFFINITY = 100;

    static final int LESSON = 40;
    static final int CODEBASE = 20;
    static final int MACHINE = 10;
    static final int LOAD = 20;
    static final int HEALTH = 20;

    private Scoring() {}

    /** The score of a session that is fit for the task, part by part; {@code open}: the session's open affinities. */
    static Score score(Session session, Command.Candidate task, List<Affinity> open, long now) {
        Profile profile = session.profile();
        int affinity = affinity(open, task.lesson());
        int lesson = lesson(profile, task);
        int codebase = codebase(profile, task);
        int machine = machine(profile, task);
        int load = load(session);
        int health = health(session, now);
        long age = now - session.life().heartbeatAt();
        return new Score(
                affinity + lesson + codebase + machine + load + health,
                List.of(
                        part("affinity", affinity, affinity > 0 ? "prefers this lesson now" : "no open affinity"),
                        part("lesson", lesson, lesson > 0 ? "works on this lesson" : "works on another lesson or none"),
                        part(
                                "codebase",
                                codebase,
                                codebase > 0 ? "the task was worked on in its repository" : "not its repository"),
                        part("machine", machine, machine > 0 ? "the task was worked on on its host" : "not its host"),
                        part("load", load, session.tasks() + " of " + profile.maxConcurrentTasks() + " places taken"),
                        part(
                                "health",
                                health,
                                session.life().beaten() ? "last heartbeat " + age + " ms ago" : "no heartbeat yet")));
    }

    private static Score.Part part(String name, int points, String why) {
        return new Score.Part(name, points, why);
    }

    /** The total of {@link #score} without its parts; {@code affinity} as of {@link #affinity}. */
    static int points(Session session, Command.Candidate task, int affinity, long now) {
        return liking(session.profile(), task, affinity) + load(session) + health(session, now);
    }

    /** The parts that depend on the task. */
    static int liking(Profile profile, Command.Candidate task, int affinity) {
        return affinity + lesson(profile, task) + codebase(profile, task) + machine(profile, task);
    }

    /** Points of open affinities for a lesson. */
    static int affinity(List<Affinity> open, String lesson) {
        int points = 0;
        for (Affinity one : open) {
            if (one.lesson().equals(lesson)) {
                points = Math.min(MOST_AFFINITY, points + one.weight());
            }
        }
        return points;
    }

    private static int lesson(Profile profile, Command.Candidate task) {
        return same(profile.lesson(), task.lesson()) ? LESSON : 0;
    }

    private static int codebase(Profile profile, Command.Candidate task) {
        return same(profile.codebase().repo(), task.repo()) ? CODEBASE : 0;
    }

    private static int machine(Profile profile, Command.Candidate task) {
        return same(profile.host(), task.host()) ? MACHINE : 0;
    }

    private static boolean same(String one, String other) {
        return !other.isEmpty() && one.equals(other);
    }

    private static int load(Session session) {
        int places = session.profile().maxConcurrentTasks();
        return LOAD * Math.max(0, places - session.tasks()) / places;
    }

    private static int health(Session session, long now) {
        long age = now - session.life().heartbeatAt();
        if (!session.life().beaten() || age > 2 * session.heartbeat()) {
            return 0;
        }
        return age <= session.heartbeat() ? HEALTH : HEALTH / 2;
    }

    /** Why a session may not be given a task at all, for people; null when it may. Costs no allocation. */
    static @Nullable String unfit(Session session, List<String> capabilities, Settings settings, long now) {
        if (!session.live()) {
            return "has ended";
        }
        if (now >= session.life().deadline()) {
            return "has a lease that has run out";
        }
        if (session.tasks() >= session.profile().maxConcurrentTasks()) {
            return "holds as many tasks as it takes";
        }
        if (session.grants() >= settings.grantsPerSession()) {
            return "holds as many grants as a session may";
        }
        if (Views.untilStale(session, settings, now) == 0) {
            return "is stale";
        }
        return able(session.profile(), capabilities) ? null : "lacks a capability that the task needs";
    }

    /** Whether it can do all of that. */
    static boolean able(Profile profile, List<String> capabilities) {
        return capabilities.isEmpty() || profile.capabilities().containsAll(capabilities);
    }
}
