/** What metrics-service tells of a classroom's minutes. */
@NullMarked
package dev.homeroom.contracts.rollup;

import org.jspecify.annotations.NullMarked;
