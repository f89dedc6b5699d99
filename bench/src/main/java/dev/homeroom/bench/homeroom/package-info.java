/** The load on the coordinator. */
@NullMarked
package dev.homeroom.bench.homeroom;

import org.jspecify.annotations.NullMarked;
