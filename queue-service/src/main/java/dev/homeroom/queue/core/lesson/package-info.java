/** Lessons: what tasks are grouped by, and how far they are. */
@NullMarked
package dev.homeroom.queue.core.lesson;

import org.jspecify.annotations.NullMarked;
