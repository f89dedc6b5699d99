package dev.homeroom.coordinator.core;

import java.util.List;

/**
 * What an entry came to.
 *
 * @param answers in the order of the commands
 * @param waitEnds waits that ended, in order
 */
public record Applied(List<Answer> answers, List<WaitEnd> waitEnds) {}
