package dev.homeroom.queue.core.insight;

import java.util.List;
import java.util.TreeSet;

/**
 * Which sessions there are for a task.
 *
 * @param live how many live
 * @param capable how many of these can do what the task needs
 * @param full how many of the capable hold as many tasks as they may
 * @param stale how many of the capable show no progress
 * @param free how many of the capable are neither
 * @param all whether all sessions were looked at
 */
public record Sessions(int live, int capable, int full, int stale, int free, boolean all) {
    static Sessions of(List<AgentSession> sessions, List<String> needed, boolean all) {
        var live = sessions.stream().filter(AgentSession::live).toList();
        var capable = live.stream().filter(s -> s.lacks(needed).isEmpty()).toList();
        int full = (int) capable.stream().filter(s -> s.full() && !s.stale()).count();
        int stale = (int) capable.stream().filter(AgentSession::stale).count();
        return new Sessions(live.size(), capable.size(), full, stale, capable.size() - full - stale, all);
    }

    /** What of these no live session can do; when it is empty, no single one can do all of them. */
    static List<String> missing(List<AgentSession> sessions, List<String> needed) {
        var missing = new TreeSet<>(needed);
        sessions.stream()
                .filter(AgentSession::live)
                .forEach(s -> s.capabilities().forEach(missing::remove));
        return List.copyOf(missing);
    }
}
