/** The pure core alone, under JMH. */
@NullMarked
package dev.homeroom.bench.core;

import org.jspecify.annotations.NullMarked;
