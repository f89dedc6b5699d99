package dev.homeroom.metrics.scorecard;

/** Which of a student's snapshots are looked at. */
enum Part {
    ALL,
    FIRST_HALF
}
