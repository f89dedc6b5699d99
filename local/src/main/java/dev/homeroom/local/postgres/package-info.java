/** A real PostgreSQL server from bundled binaries, as root or as an ordinary user. */
@NullMarked
package dev.homeroom.local.postgres;

import org.jspecify.annotations.NullMarked;
