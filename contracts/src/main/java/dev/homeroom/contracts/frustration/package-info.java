/** What metrics-service tells of frustration. */
@NullMarked
package dev.homeroom.contracts.frustration;

import org.jspecify.annotations.NullMarked;
