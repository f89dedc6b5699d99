/** The load over HTTP, and the endpoint that does nothing. */
@NullMarked
package dev.homeroom.bench.http;

import org.jspecify.annotations.NullMarked;
