/** Tests. */
@NullMarked
package dev.homeroom.platform.security;

import org.jspecify.annotations.NullMarked;
