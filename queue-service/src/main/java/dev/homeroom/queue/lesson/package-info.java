/** What can be done with lessons, and their weights at hand. */
@NullMarked
package dev.homeroom.queue.lesson;

import org.jspecify.annotations.NullMarked;
