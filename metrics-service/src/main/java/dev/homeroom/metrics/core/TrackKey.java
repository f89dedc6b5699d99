package dev.homeroom.metrics.core;

/**
 * Names a track: one for each detector and subject.
 *
 * @param detector the name of the detector
 * @param subject what it looks at
 */
public record TrackKey(String detector, Subject subject) {}
