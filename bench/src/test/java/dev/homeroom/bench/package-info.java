/** What the commands of the bench are told to do. */
@NullMarked
package dev.homeroom.bench;

import org.jspecify.annotations.NullMarked;
