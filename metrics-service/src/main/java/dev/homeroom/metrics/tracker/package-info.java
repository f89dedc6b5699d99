/** The browser tracker as it is served. */
@NullMarked
package dev.homeroom.metrics.tracker;

import org.jspecify.annotations.NullMarked;
