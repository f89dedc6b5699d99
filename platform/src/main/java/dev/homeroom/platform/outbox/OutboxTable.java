package dev.homeroom.platform.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeroom.platform.event.EventCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * An append-only table that is read in the order (xid, position), and only as far as every older transaction has ended:
 * a row that becomes visible later than a younger one is never passed over. A transaction that stays open in the same
 * server therefore holds everything back.
 *
 * <p>The events of one key come out in the order of their transactions' ids. A writer for which that must be the order of
 * its own numbers takes a lock for the key ({@code pg_advisory_xact_lock}) before its first write: an id is given at
 * the first write, before that waits for a row.
 */
public final class OutboxTable {
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]*");
    private static final String COLUMNS = "topic, key, event_id, event_type, event_time, subject, data::text AS data";

    private final String name;
    private final String cursorTable;
    private final RowReader reader;
    private final String read;
    private final boolean prunable;

    private OutboxTable(String schema, String table, String columns, RowReader reader, boolean prunable) {
        if (!NAME.matcher(schema).matches() || !NAME.matcher(table).matches()) {
            throw new IllegalArgumentException("Not a plain name: " + schema + "." + table);
        }
        this.name = schema + "." + table;
        this.cursorTable = schema + ".outbox_cursor";
        this.reader = reader;
        this.prunable = prunable;
        this.read = "SELECT xid::text AS outbox_xid, position AS outbox_position, " + columns + " FROM " + name
                + " WHERE (xid, position) > (CAST(? AS xid8), ?) AND xid < pg_snapshot_xmin(pg_current_snapshot())"
                + " ORDER BY xid, position LIMIT ?";
    }

    /**
     * A table of the standard shape (see the package). Rows are deleted a day after their event, once published.
     *
     * @param source the CloudEvents source of its events, such as {@code /metrics}
     */
    public static OutboxTable standard(String schema, String table, String source) {
        return new OutboxTable(schema, table, COLUMNS, row -> standardRow(row, source), true);
    }

    /**
     * A table of another shape, whose rows are kept: their owner drops them.
     *
     * @param columns what the reader needs, as in a SELECT list, without {@code xid} and {@code position}
     * @param reader makes the Kafka record of a row
     */
    public static OutboxTable history(String schema, String table, String columns, RowReader reader) {
        return new OutboxTable(schema, table, columns, reader, false);
    }

    /** Schema and table; also names the cursor and the lock. */
    public String name() {
        return name;
    }

    /** The rows that follow, in order, at most {@code limit}. */
    List<OutboxEntry> read(Connection connection, Cursor after, int limit) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(read)) {
            bind(select, 1, after);
            select.setInt(3, limit);
            List<OutboxEntry> entries = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Cursor at = new Cursor(
                            Long.parseUnsignedLong(rows.getString("outbox_xid")), rows.getLong("outbox_position"));
                    entries.add(new OutboxEntry(at, reader.read(rows)));
                }
            }
            return entries;
        }
    }

    /** Where the relay stands; makes the cursor at the start of the table when there is none. */
    Cursor cursor(Connection connection) throws SQLException {
        String insert =
                "INSERT INTO " + cursorTable + " (name, xid, position) VALUES (?, '0', 0) ON CONFLICT DO NOTHING";
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setString(1, name);
            statement.executeUpdate();
        }
        String select = "SELECT xid::text, position FROM " + cursorTable + " WHERE name = ?";
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? new Cursor(Long.parseUnsignedLong(row.getString(1)), row.getLong(2)) : Cursor.START;
            }
        }
    }

    /** Moves the cursor; false when it is not where the caller left it, so that somebody else must have moved it. */
    boolean advance(Connection connection, Cursor from, Cursor to) throws SQLException {
        String update = "UPDATE " + cursorTable + " SET xid = CAST(? AS xid8), position = ?"
                + " WHERE name = ? AND xid = CAST(? AS xid8) AND position = ?";
        try (PreparedStatement statement = connection.prepareStatement(update)) {
            bind(statement, 1, to);
            statement.setString(3, name);
            bind(statement, 4, from);
            return statement.executeUpdate() == 1;
        }
    }

    /** How many rows wait behind the cursor, counted up to {@code most}. */
    long backlog(Connection connection, Cursor cursor, int most) throws SQLException {
        String count = "SELECT count(*) FROM (SELECT 1 FROM " + name
                + " WHERE (xid, position) > (CAST(? AS xid8), ?) LIMIT ?) AS waiting";
        try (PreparedStatement statement = connection.prepareStatement(count)) {
            bind(statement, 1, cursor);
            statement.setInt(3, most);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    /** Deletes published rows that are older than a day, at most {@code most}; nothing in a history. */
    int prune(Connection connection, Cursor cursor, int most) throws SQLException {
        if (!prunable) {
            return 0;
        }
        String delete = "DELETE FROM " + name + " WHERE (xid, position) IN (SELECT xid, position FROM " + name
                + " WHERE (xid, position) <= (CAST(? AS xid8), ?) AND event_time < now() - INTERVAL '1 day'"
                + " ORDER BY xid, position LIMIT ?)";
        try (PreparedStatement statement = connection.prepareStatement(delete)) {
            bind(statement, 1, cursor);
            statement.setInt(3, most);
            return statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, int first, Cursor cursor) throws SQLException {
        statement.setString(first, Long.toUnsignedString(cursor.xid()));
        statement.setLong(first + 1, cursor.position());
    }

    private static ProducerRecord<String, byte[]> standardRow(ResultSet row, String source) throws SQLException {
        EventCodec.Attributes attributes = new EventCodec.Attributes(
                row.getString("event_id"),
                source,
                row.getString("event_type"),
                row.getString("subject"),
                row.getObject("event_time", OffsetDateTime.class).toInstant());
        return EventCodec.encode(
                row.getString("topic"),
                row.getString("key"),
                attributes,
                row.getString("data").getBytes(UTF_8));
    }
}
