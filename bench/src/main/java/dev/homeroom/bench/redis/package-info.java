/** The same load on Redis. */
@NullMarked
package dev.homeroom.bench.redis;

import org.jspecify.annotations.NullMarked;
