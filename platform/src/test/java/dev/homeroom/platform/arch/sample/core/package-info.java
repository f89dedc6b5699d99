/** A sample that breaks rules. */
@NullMarked
package dev.homeroom.platform.arch.sample.core;

import org.jspecify.annotations.NullMarked;
