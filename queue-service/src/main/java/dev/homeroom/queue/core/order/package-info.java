/** In which order tasks are taken; the rule stands in {@code docs/queue-order.md}. Pure: time is passed in. */
@NullMarked
package dev.homeroom.queue.core.order;

import org.jspecify.annotations.NullMarked;
