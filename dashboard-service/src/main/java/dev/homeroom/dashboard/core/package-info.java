/** What turns episodes and teachers' actions into alerts, and what came of an intervention: pure functions on records. */
@NullMarked
package dev.homeroom.dashboard.core;

import org.jspecify.annotations.NullMarked;
