/** What the coordinator tells of sessions. */
@NullMarked
package dev.homeroom.contracts.session;

import org.jspecify.annotations.NullMarked;
