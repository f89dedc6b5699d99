package dev.homeroom.bench.queue;

import dev.homeroom.bench.load.Step;
import dev.homeroom.bench.queue.TaskSystem.Load;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Turns of callers at a {@link TaskClient}. */
final class TaskSteps {
    private TaskSteps() {}

    static Step of(TaskClient client, Load load) {
        return load.claims() ? claimAndComplete(client, load.tasks()) : enqueue(client, load.tasks());
    }

    static Step enqueue(TaskClient client, int tasks) {
        return (caller, done) -> then(client.enqueue(tasks), done, ok -> done.ok());
    }

    /** A session that gets less than it asks for goes on with that: the tasks are counted, not the turns. */
    static Step claimAndComplete(TaskClient client, int tasks) {
        return (caller, done) -> {
            AtomicInteger left = new AtomicInteger(tasks);
            claimAndComplete(client, caller, left, done);
        };
    }

    private static void claimAndComplete(TaskClient client, int session, AtomicInteger left, Step.Done done) {
        then(client.claim(session, left.get(), Duration.ZERO), done, works -> {
            if (works.isEmpty()) {
                done.failed(new IllegalStateException("nothing to claim"));
                return;
            }
            done.part();
            then(client.complete(session, works), done, ok -> {
                if (left.addAndGet(-works.size()) > 0) {
                    claimAndComplete(client, session, left, done);
                } else {
                    done.ok();
                }
            });
        });
    }

    static <T> void then(CompletionStage<T> stage, Step.Done done, Consumer<T> next) {
        stage.whenComplete((value, failure) -> {
            if (failure != null) {
                done.failed(failure instanceof CompletionException e && e.getCause() != null ? e.getCause() : failure);
                return;
            }
            next.accept(value);
        });
    }

    /** Fills a queue through its own door, a few requests at a time. */
    static void fill(TaskClient client, int tasks, int atOnce, int each) {
        AtomicInteger left = new AtomicInteger(tasks);
        List<CompletionStage<?>> lanes = new java.util.ArrayList<>();
        for (int i = 0; i < atOnce; i++) {
            lanes.add(filling(client, left, each));
        }
        lanes.forEach(lane -> lane.toCompletableFuture().join());
    }

    private static CompletionStage<?> filling(TaskClient client, AtomicInteger left, int each) {
        int before = left.getAndAdd(-each);
        return before <= 0
                ? java.util.concurrent.CompletableFuture.completedFuture(null)
                : client.enqueue(Math.min(each, before)).thenComposeAsync(ok -> filling(client, left, each));
    }
}
