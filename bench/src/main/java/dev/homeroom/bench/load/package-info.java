/** Callers in a closed loop, and how long they waited. */
@NullMarked
package dev.homeroom.bench.load;

import org.jspecify.annotations.NullMarked;
