/** Suspected elements of apps: the port to where they are kept, and the settings. */
@NullMarked
package dev.homeroom.metrics.suspect;

import org.jspecify.annotations.NullMarked;
