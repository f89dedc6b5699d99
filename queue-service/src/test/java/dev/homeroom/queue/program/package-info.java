/** Random programs of many sessions, run by the queue on a real database and held step by step against a pure reference. */
@NullMarked
package dev.homeroom.queue.program;

import org.jspecify.annotations.NullMarked;
