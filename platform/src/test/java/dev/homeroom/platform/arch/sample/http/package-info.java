/** A sample that breaks rules. */
@NullMarked
package dev.homeroom.platform.arch.sample.http;

import org.jspecify.annotations.NullMarked;
