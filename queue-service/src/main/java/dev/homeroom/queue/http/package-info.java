/** The agents' front door: tasks over HTTP. */
@NullMarked
package dev.homeroom.queue.http;

import org.jspecify.annotations.NullMarked;
