/** Tests of how events are written. */
@NullMarked
package dev.homeroom.contracts.event;

import org.jspecify.annotations.NullMarked;
