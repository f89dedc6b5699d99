/** The homeroom command: runs the local stack, issues its tokens, tells what runs. */
@NullMarked
package dev.homeroom.cli;

import org.jspecify.annotations.NullMarked;
