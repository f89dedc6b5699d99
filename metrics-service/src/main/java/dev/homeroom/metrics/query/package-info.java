/** Questions about what is stored: for dashboards and analysts, in pages. */
@NullMarked
package dev.homeroom.metrics.query;

import org.jspecify.annotations.NullMarked;
