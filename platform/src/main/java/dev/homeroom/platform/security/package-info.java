/** Who calls, what they may see, and which origins and hosts are served. */
@NullMarked
package dev.homeroom.platform.security;

import org.jspecify.annotations.NullMarked;
