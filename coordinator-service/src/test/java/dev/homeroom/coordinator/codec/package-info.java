/** Tests of what the coordinator stores. */
@NullMarked
package dev.homeroom.coordinator.codec;

import org.jspecify.annotations.NullMarked;
