/** Forgetting students, here and, by an event, in every other service. */
@NullMarked
package dev.homeroom.metrics.erasure;

import org.jspecify.annotations.NullMarked;
