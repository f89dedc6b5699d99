package dev.homeroom.queue.core.insight;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Why a task is not running, or what became of it.
 *
 * @param task the task
 * @param status its status
 * @param at the database's time when it was looked at
 * @param summary one sentence
 * @param causes the first is the one that counts most; never empty
 * @param line where it stands in the order, when it is ready
 * @param next what can be done about it
 */
public record Why(
        UUID task,
        String status,
        Instant at,
        String summary,
        List<Finding> causes,
        Optional<Line> line,
        List<String> next) {
    static Why of(Facts facts, List<Finding> causes) {
        var task = facts.task();
        var next = causes.stream()
                .flatMap(cause -> Words.next(cause).stream())
                .distinct()
                .toList();
        return new Why(
                task.id(), task.status().word(), facts.now(), Words.summary(task, causes), causes, facts.line(), next);
    }
}
