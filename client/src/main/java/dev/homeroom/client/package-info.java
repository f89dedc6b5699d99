/** The way to the coordinator over HTTP, and what comes back: answers, problems, or none. */
@NullMarked
package dev.homeroom.client;

import org.jspecify.annotations.NullMarked;
