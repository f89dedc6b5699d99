/** The coordinator as an application: one interface over the replicated state, its settings, and who is in the cluster. */
@NullMarked
package dev.homeroom.coordinator;

import org.jspecify.annotations.NullMarked;
