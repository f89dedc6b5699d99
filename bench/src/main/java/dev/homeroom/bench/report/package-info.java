/** Figures as JSON lines and as a table. */
@NullMarked
package dev.homeroom.bench.report;

import org.jspecify.annotations.NullMarked;
