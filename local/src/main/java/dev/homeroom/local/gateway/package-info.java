/** One origin for everything: proxies each path to the service that owns it. */
@NullMarked
package dev.homeroom.local.gateway;

import org.jspecify.annotations.NullMarked;
