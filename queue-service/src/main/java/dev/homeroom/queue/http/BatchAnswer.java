package dev.homeroom.queue.http;

import dev.homeroom.platform.problem.Problem;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a batch.
 *
 * @param accepted how many are new
 * @param duplicates how many were there already
 * @param rejected the others, each with its reason; nothing of them is stored
 * @param ids of the accepted and the duplicates, in the order of the batch
 */
public record BatchAnswer(int accepted, int duplicates, List<Line> rejected, List<UUID> ids) {
    /**
     * Why a line was rejected.
     *
     * @param line 1 for the first; in an array: the position
     * @param type of the problem
     * @param detail what is wrong, for people
     */
    public record Line(int line, String type, @Nullable String detail) {
        static Line of(int line, Problem problem) {
            return new Line(line, problem.type(), problem.detail());
        }
    }
}
