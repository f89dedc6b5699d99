/** Lists in pages: bounds of the limit, and the shape of the answer. */
@NullMarked
package dev.homeroom.platform.page;

import org.jspecify.annotations.NullMarked;
