package dev.homeroom.bench.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.bench.load.Step;
import dev.homeroom.bench.queue.TaskSystem.Load;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TaskStepsTest {
    /** Gives at most so many tasks for one claim. */
    private static final int MOST = 3;

    private final ArrayDeque<Work> pending = new ArrayDeque<>();
    private final List<Work> completed = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();

    private final TaskClient queue = new TaskClient() {
        @Override
        public CompletionStage<?> enqueue(int count) {
            for (int i = 0; i < count; i++) {
                pending.add(new Work(UUID.randomUUID(), 1, Payloads.ANY));
            }
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<List<Work>> claim(int session, int count, Duration patience) {
            List<Work> works = new ArrayList<>();
            while (works.size() < Math.min(count, MOST) && !pending.isEmpty()) {
                works.add(pending.remove());
            }
            return CompletableFuture.completedFuture(works);
        }

        @Override
        public CompletionStage<?> complete(int session, List<Work> works) {
            completed.addAll(works);
            return CompletableFuture.completedFuture(null);
        }
    };

    private final Step.Done done = new Step.Done() {
        @Override
        public void ok() {
            heard.add("ok");
        }

        @Override
        public void failed(Throwable failure) {
            heard.add("failed");
        }

        @Override
        public void part() {
            heard.add("part");
        }
    };

    @Test
    @DisplayName("a turn of many tasks ends when all of them are completed, however few a claim gets")
    void wholeTurn() {
        TaskSteps.fill(queue, 8, 2, 3);
        TaskSteps.of(queue, new Load(Load.CLAIM_BATCH, 1, 8)).run(0, done);
        assertThat(completed).hasSize(8).doesNotHaveDuplicates();
        assertThat(heard).containsExactly("part", "part", "part", "ok");
    }

    @Test
    @DisplayName("a queue that ran dry is a failure, not a fast turn")
    void dry() {
        TaskSteps.of(queue, new Load(Load.CLAIM, 1, 1)).run(0, done);
        assertThat(heard).containsExactly("failed");
    }

    @Test
    @DisplayName("an enqueuing turn enqueues as many tasks as the load says")
    void enqueues() {
        TaskSteps.of(queue, new Load(Load.ENQUEUE_BATCH, 1, 100)).run(0, done);
        assertThat(pending).hasSize(100);
        assertThat(heard).containsExactly("ok");
    }

    @Test
    @DisplayName("a payload tells when it was made")
    void payloads() {
        assertThat(Payloads.madeAt(Payloads.of(123_456_789))).isEqualTo(123_456_789);
    }
}
