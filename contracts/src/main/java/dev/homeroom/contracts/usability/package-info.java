/** What apps tell of students. */
@NullMarked
package dev.homeroom.contracts.usability;

import org.jspecify.annotations.NullMarked;
