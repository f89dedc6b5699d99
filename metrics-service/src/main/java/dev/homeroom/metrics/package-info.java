/** Usability events to figures and episodes: what the adapters of metrics-service share, and the ports between them. */
@NullMarked
package dev.homeroom.metrics;

import org.jspecify.annotations.NullMarked;
