/** Tests that the published contracts agree with each other. */
@NullMarked
package dev.homeroom.contracts;

import org.jspecify.annotations.NullMarked;
