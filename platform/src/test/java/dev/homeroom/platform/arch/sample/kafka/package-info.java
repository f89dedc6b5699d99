/** A sample that breaks rules. */
@NullMarked
package dev.homeroom.platform.arch.sample.kafka;

import org.jspecify.annotations.NullMarked;
