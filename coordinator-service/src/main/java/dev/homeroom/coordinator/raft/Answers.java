package dev.homeroom.coordinator.raft;

import dev.homeroom.coordinator.core.Answer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The batches of this process whose answers somebody waits for, by call id. The log entry names its maker and the call
 * id, so whichever way the entry is committed, the answers find their way. Thread-safe.
 */
final class Answers {
    private final ConcurrentMap<Long, CompletableFuture<List<Answer>>> waiting = new ConcurrentHashMap<>();

    /** Waits for the answers of a call; forgotten when the future is done, however that comes. */
    CompletableFuture<List<Answer>> await(long callId) {
        CompletableFuture<List<Answer>> future = new CompletableFuture<>();
        waiting.put(callId, future);
        var unused = future.whenComplete((answers, failure) -> waiting.remove(callId));
        return future;
    }

    /** Hands the answers over, if somebody still waits. */
    void answer(long callId, List<Answer> answers) {
        CompletableFuture<List<Answer>> future = waiting.get(callId);
        if (future != null) {
            future.complete(answers);
        }
    }
}
