/** Tests of the browser tracker. */
@NullMarked
package dev.homeroom.metrics.tracker;

import org.jspecify.annotations.NullMarked;
