/** The problem types of every interface. */
@NullMarked
package dev.homeroom.contracts.problem;

import org.jspecify.annotations.NullMarked;
