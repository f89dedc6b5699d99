/** What queue-service tells of tasks. */
@NullMarked
package dev.homeroom.contracts.task;

import org.jspecify.annotations.NullMarked;
