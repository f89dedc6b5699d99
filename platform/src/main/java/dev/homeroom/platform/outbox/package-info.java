/**
 * Carries what a service wrote in its transactions to Kafka: at least once, in order, by one relay at a time.
 *
 * <p>The table has at least these columns and this index; the service's own migrations make it, and a cursor beside it:
 *
 * <pre>{@code
 * CREATE TABLE outbox (
 *     position   bigint GENERATED ALWAYS AS IDENTITY,
 *     xid        xid8        NOT NULL DEFAULT pg_current_xact_id(),
 *     topic      text        NOT NULL,
 *     key        text        NOT NULL,
 *     event_id   text        NOT NULL,
 *     event_type text        NOT NULL,
 *     event_time timestamptz NOT NULL,
 *     subject    text        NOT NULL,
 *     data       jsonb       NOT NULL,
 *     PRIMARY KEY (xid, position)
 * );
 * CREATE TABLE outbox_cursor (name text PRIMARY KEY, xid xid8 NOT NULL, position bigint NOT NULL);
 * }</pre>
 *
 * <p>A table of another shape (a history that is its own outbox) needs {@code position}, {@code xid} and the index only.
 */
@NullMarked
package dev.homeroom.platform.outbox;

import org.jspecify.annotations.NullMarked;
