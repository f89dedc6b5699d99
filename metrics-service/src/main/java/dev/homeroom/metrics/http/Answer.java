package dev.homeroom.metrics.http;

import java.util.List;

/**
 * What became of a list of events. {@code accepted} and the number of {@code rejected} add up to what was sent.
 *
 * @param accepted how many events the broker holds
 * @param rejected the others
 */
public record Answer(int accepted, List<Rejected> rejected) {}
