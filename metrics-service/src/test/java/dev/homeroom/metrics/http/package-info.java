/** Tests of the HTTP interface. */
@NullMarked
package dev.homeroom.metrics.http;

import org.jspecify.annotations.NullMarked;
