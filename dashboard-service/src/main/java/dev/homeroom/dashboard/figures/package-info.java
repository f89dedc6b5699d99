/** Asks metrics-service for the figures of classrooms and students. */
@NullMarked
package dev.homeroom.dashboard.figures;

import org.jspecify.annotations.NullMarked;
