/** Tests. */
@NullMarked
package dev.homeroom.platform.outbox;

import org.jspecify.annotations.NullMarked;
