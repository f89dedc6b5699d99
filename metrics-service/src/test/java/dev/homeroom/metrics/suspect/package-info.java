/** Tests of the settings of suspected elements. */
@NullMarked
package dev.homeroom.metrics.suspect;

import org.jspecify.annotations.NullMarked;
