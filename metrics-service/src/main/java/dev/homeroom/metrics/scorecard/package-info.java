/**
 * The scorecard: replays labelled homework through the fold, the detectors and the level of the service, and measures what they
 * tell of the outcome. Knows no framework and no database.
 */
@NullMarked
package dev.homeroom.metrics.scorecard;

import org.jspecify.annotations.NullMarked;
