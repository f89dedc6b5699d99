package dev.homeroom.metrics.kafka;

import dev.homeroom.metrics.kafka.PartitionReader.Step;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Threads that write partitions beside each other: while one waits for the database another folds. To be used by one
 * thread.
 */
final class Writers implements AutoCloseable {
    private final ExecutorService threads;

    Writers(int threads) {
        this.threads = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("fold-writer-", 0).factory());
    }

    /** Does all of it and returns when all has ended; throws what one of them threw. */
    Map<TopicPartition, Step> run(Map<TopicPartition, Supplier<Step>> work) {
        Map<TopicPartition, Future<Step>> writing = new LinkedHashMap<>();
        work.forEach((partition, write) -> writing.put(partition, threads.submit(write::get)));
        Map<TopicPartition, Step> steps = new LinkedHashMap<>();
        ExecutionException failure = null;
        for (Map.Entry<TopicPartition, Future<Step>> each : writing.entrySet()) {
            try {
                steps.put(each.getKey(), await(each.getValue()));
            } catch (ExecutionException e) {
                failure = e;
            }
        }
        if (failure == null) {
            return steps;
        }
        if (failure.getCause() instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException("a partition cannot be written", failure.getCause());
    }

    /** Waits even when interrupted: a writer must not be left alone with its partition. Transactions are limited. */
    private static Step await(Future<Step> writing) throws ExecutionException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return writing.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
