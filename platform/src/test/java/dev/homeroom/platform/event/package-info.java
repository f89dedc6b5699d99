/** Tests. */
@NullMarked
package dev.homeroom.platform.event;

import org.jspecify.annotations.NullMarked;
