/** The servers under load, each a process of its own on the loopback address. */
@NullMarked
package dev.homeroom.bench.server;

import org.jspecify.annotations.NullMarked;
