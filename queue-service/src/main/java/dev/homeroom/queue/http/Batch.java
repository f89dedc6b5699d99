package dev.homeroom.queue.http;

import dev.homeroom.platform.problem.Problem;
import dev.homeroom.queue.coalesce.Splitting;
import dev.homeroom.queue.core.Enqueued;
import dev.homeroom.queue.core.NewTask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * What a batch contains.
 *
 * @param tasks those that passed the checks
 * @param lines where each of them stood, 1 for the first
 * @param rejected those that did not
 */
record Batch(List<NewTask> tasks, List<Integer> lines, List<BatchAnswer.Line> rejected) {
    /** Everything in its place, once the tasks have their results. */
    BatchAnswer answer(List<Splitting.Result<Enqueued>> results) {
        int accepted = 0;
        int duplicates = 0;
        var ids = new ArrayList<UUID>(results.size());
        var refused = new ArrayList<>(rejected);
        for (int i = 0; i < results.size(); i++) {
            switch (results.get(i)) {
                case Splitting.Result.Done(Enqueued.Accepted(var task)) -> {
                    accepted++;
                    ids.add(task.id());
                }
                case Splitting.Result.Done(Enqueued.Duplicate(var task)) -> {
                    duplicates++;
                    ids.add(task.id());
                }
                case Splitting.Result.Done(Enqueued.LessonUnknown(var rejection)) ->
                    refused.add(BatchAnswer.Line.of(lines.get(i), Answers.problem(rejection)));
                case Splitting.Result.Done(Enqueued.KeyTaken(var rejection)) ->
                    refused.add(BatchAnswer.Line.of(lines.get(i), Answers.problem(rejection)));
                case Splitting.Result.Done(Enqueued.Late(var rejection)) ->
                    refused.add(BatchAnswer.Line.of(lines.get(i), Answers.problem(rejection)));
                case Splitting.Result.Failed(var failure) -> refused.add(failed(lines.get(i), failure));
            }
        }
        refused.sort(Comparator.comparingInt(BatchAnswer.Line::line));
        return new BatchAnswer(accepted, duplicates, refused, ids);
    }

    private static BatchAnswer.Line failed(int line, Throwable failure) {
        Problem problem = Answers.problem(failure);
        if (problem == null) {
            throw failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
        }
        return BatchAnswer.Line.of(line, problem);
    }
}
