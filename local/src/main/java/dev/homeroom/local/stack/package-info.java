/** The whole system on one machine: every part as its own process, started by health, watched, stopped in order. */
@NullMarked
package dev.homeroom.local.stack;

import org.jspecify.annotations.NullMarked;
