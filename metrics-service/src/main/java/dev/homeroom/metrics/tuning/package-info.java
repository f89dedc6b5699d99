/** Rules per classroom and app: changing them, trying them in the shadow, and rehearsing them on what was. */
@NullMarked
package dev.homeroom.metrics.tuning;

import org.jspecify.annotations.NullMarked;
