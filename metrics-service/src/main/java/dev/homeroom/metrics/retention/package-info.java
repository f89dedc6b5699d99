/** How long things are kept, and what removes them. */
@NullMarked
package dev.homeroom.metrics.retention;

import org.jspecify.annotations.NullMarked;
