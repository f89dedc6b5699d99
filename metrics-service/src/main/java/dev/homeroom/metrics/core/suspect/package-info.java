/** Tells "many students, one element" from "one student stuck": the pure part of {@code app-suspect}. */
@NullMarked
package dev.homeroom.metrics.core.suspect;

import org.jspecify.annotations.NullMarked;
