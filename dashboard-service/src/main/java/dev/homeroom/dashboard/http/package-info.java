/** The teachers' API and page over HTTP. */
@NullMarked
package dev.homeroom.dashboard.http;

import org.jspecify.annotations.NullMarked;
