/** Alerts, changes, interventions and the outbox in PostgreSQL, schema {@code dashboard}. */
@NullMarked
package dev.homeroom.dashboard.postgres;

import org.jspecify.annotations.NullMarked;
