/** Locks, claims and permits that the coordinator grants, and handles on what is held. */
@NullMarked
package dev.homeroom.client.lock;

import org.jspecify.annotations.NullMarked;
