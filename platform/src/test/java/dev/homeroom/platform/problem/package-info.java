/** Tests. */
@NullMarked
package dev.homeroom.platform.problem;

import org.jspecify.annotations.NullMarked;
