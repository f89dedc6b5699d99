/** What metrics-service asks dashboard-service: past alert changes for the streams. */
@NullMarked
package dev.homeroom.metrics.dashboard;

import org.jspecify.annotations.NullMarked;
