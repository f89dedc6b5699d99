/** The rules of structure that every service's tests apply to it. */
@NullMarked
package dev.homeroom.platform.arch;

import org.jspecify.annotations.NullMarked;
