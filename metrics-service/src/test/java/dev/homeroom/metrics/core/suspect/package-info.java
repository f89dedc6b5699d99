/** Tests of the pure search for suspected elements. */
@NullMarked
package dev.homeroom.metrics.core.suspect;

import org.jspecify.annotations.NullMarked;
