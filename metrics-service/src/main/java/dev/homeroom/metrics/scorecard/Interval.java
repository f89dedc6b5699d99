package dev.homeroom.metrics.scorecard;

/** From where to where a figure lies with 95 % confidence. */
public record Interval(double from, double to) {}
