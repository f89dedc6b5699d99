/** Whole-system tests: the real processes of one build, real input, faults in the middle of it, a real browser. */
@NullMarked
package dev.homeroom.e2e;

import org.jspecify.annotations.NullMarked;
