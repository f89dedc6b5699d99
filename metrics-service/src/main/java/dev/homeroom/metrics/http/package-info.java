/** The HTTP interface: the edge that takes metric events, figures for dashboard-service, and the event stream. */
@NullMarked
package dev.homeroom.metrics.http;

import org.jspecify.annotations.NullMarked;
