/** Brings rows and grants back together: the ends of grants as they are told, and the sweep for what nobody told. */
@NullMarked
package dev.homeroom.queue.repair;

import org.jspecify.annotations.NullMarked;
