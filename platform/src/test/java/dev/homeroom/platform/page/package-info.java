/** Tests. */
@NullMarked
package dev.homeroom.platform.page;

import org.jspecify.annotations.NullMarked;
