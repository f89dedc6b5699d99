/** When traces go out. */
@NullMarked
package dev.homeroom.platform.trace;

import org.jspecify.annotations.NullMarked;
