/** Whether this replica can do its work. */
@NullMarked
package dev.homeroom.coordinator.health;

import org.jspecify.annotations.NullMarked;
