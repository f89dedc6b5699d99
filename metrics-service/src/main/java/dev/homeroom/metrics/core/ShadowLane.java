package dev.homeroom.metrics.core;

/**
 * The fold state of a seat by rules on trial.
 *
 * @param trial its number
 * @param lane the state
 */
public record ShadowLane(long trial, Lane lane) {}
