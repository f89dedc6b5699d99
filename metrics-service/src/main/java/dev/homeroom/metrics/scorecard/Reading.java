package dev.homeroom.metrics.scorecard;

import java.time.Duration;

/**
 * What a detector says of a student at a moment.
 *
 * @param detector its place among the detectors
 * @param score 0 to 1, whatever the threshold
 * @param episode the score of the episode that lasts, as told to teachers; 0 where none does
 * @param lasting since it began; zero where none lasts
 */
record Reading(int detector, double score, double episode, Duration lasting) {}
