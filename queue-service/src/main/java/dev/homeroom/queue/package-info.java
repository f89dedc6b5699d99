/** The queue's application: what its HTTP interface, its consumers and its schedules ask for. */
@NullMarked
package dev.homeroom.queue;

import org.jspecify.annotations.NullMarked;
