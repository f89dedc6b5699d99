/** The CloudEvents envelope, the types of events and the topics that carry them. */
@NullMarked
package dev.homeroom.contracts.event;

import org.jspecify.annotations.NullMarked;
