package dev.homeroom.metrics.core;

/**
 * What rules on trial would have told.
 *
 * @param trial the number of the trial
 * @param revision what would have been told
 */
public record ShadowRevision(long trial, EpisodeRevision revision) {}
