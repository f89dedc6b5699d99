package dev.homeroom.contracts.rollup;

import java.time.Instant;

/**
 * The figures of one classroom in one minute of event time. The latest revision of a minute wins.
 *
 * @param classroom where
 * @param start the start of the minute
 * @param revision grows with every update of the minute
 * @param events metric events in it
 * @param students students active in it
 * @param errors error events and failed attempts in it
 * @param attempts attempts and submissions in it
 * @param successes attempts and submissions that succeeded
 * @param struggling students with an open episode
 */
public record MinuteRollup(
        String classroom,
        Instant start,
        long revision,
        long events,
        long students,
        long errors,
        long attempts,
        long successes,
        long struggling) {}
