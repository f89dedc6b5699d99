package dev.homeroom.metrics;

import java.util.List;

/**
 * Consecutive records of a partition that are written in one transaction.
 *
 * @param topic of the records
 * @param partition of the records
 * @param from the offset that must be the next one now
 * @param to the offset that is the next one afterwards; equal to {@code from} when only a silence is announced
 * @param events the valid ones among the records, in their order
 */
public record Slice(String topic, int partition, long from, long to, List<TakenEvent> events) {}
