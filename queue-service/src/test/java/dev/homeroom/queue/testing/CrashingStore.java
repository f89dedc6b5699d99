package dev.homeroom.queue.testing;

import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Rejection;
import dev.homeroom.queue.core.TaskStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** A store whose statements get lost: before they are made, or on the way back. */
public final class CrashingStore {
    private CrashingStore() {}

    /**
     * The store behind it, with accidents.
     *
     * @param before decides by the method's name whether the statement is never made
     * @param after decides whether its answer is lost
     */
    public static TaskStore of(TaskStore store, Predicate<String> before, Predicate<String> after) {
        return (TaskStore) Proxy.newProxyInstance(
                TaskStore.class.getClassLoader(), new Class<?>[] {TaskStore.class}, (_, method, arguments) -> {
                    var lost =
                            CompletableFuture.failedFuture(new QueueException(new Rejection.TimedOut("the database")));
                    if (before.test(method.getName())) {
                        return lost;
                    }
                    try {
                        var answer = (java.util.concurrent.CompletionStage<?>) method.invoke(store, arguments);
                        return after.test(method.getName()) ? answer.thenCompose(_ -> lost) : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
