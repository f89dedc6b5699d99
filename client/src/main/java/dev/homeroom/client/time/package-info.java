/** Time as the client sees it: real, or set by a test. */
@NullMarked
package dev.homeroom.client.time;

import org.jspecify.annotations.NullMarked;
