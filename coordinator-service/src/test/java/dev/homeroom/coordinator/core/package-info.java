/** Tests of the coordinator's core. */
@NullMarked
package dev.homeroom.coordinator.core;

import org.jspecify.annotations.NullMarked;
