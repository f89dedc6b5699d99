/** The coordinator's HTTP surface: sessions, claims and locks. */
@NullMarked
package dev.homeroom.coordinator.http;

import org.jspecify.annotations.NullMarked;
