/** What dashboard-service does, as its adapters see it: ports, settings, and the form in which alerts leave it. */
@NullMarked
package dev.homeroom.dashboard;

import org.jspecify.annotations.NullMarked;
