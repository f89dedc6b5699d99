/** A session's life: registering, heartbeats, numbered requests, the end. */
@NullMarked
package dev.homeroom.client.session;

import org.jspecify.annotations.NullMarked;
