/** Forgetting students: knowing whom, without keeping their names. */
@NullMarked
package dev.homeroom.platform.erasure;

import org.jspecify.annotations.NullMarked;
