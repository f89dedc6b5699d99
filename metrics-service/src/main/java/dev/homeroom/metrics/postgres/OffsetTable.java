package dev.homeroom.metrics.postgres;

import dev.homeroom.metrics.FoldStore.Position;
import dev.homeroom.metrics.Slice;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Where the partitions stand: {@code metrics.partition_offset}, and what was lost: {@code metrics.topic_gap}. */
final class OffsetTable {
    private static final String OPEN = """
            INSERT INTO metrics.partition_offset (topic, partition, next, topic_id) VALUES (?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """;

    private static final String FIND =
            "SELECT next, topic_id FROM metrics.partition_offset WHERE topic = ? AND partition = ?";

    private static final String MOVE =
            "UPDATE metrics.partition_offset SET next = ? WHERE topic = ? AND partition = ? AND next = ?";

    private static final String SKIP = """
            UPDATE metrics.partition_offset SET next = ?, topic_id = ?
            WHERE topic = ? AND partition = ? AND next = ? AND topic_id = ?
            """;

    private static final String GAP = """
            INSERT INTO metrics.topic_gap (topic, partition, from_offset, to_offset, reason) VALUES (?, ?, ?, ?, ?)
            """;

    private OffsetTable() {}

    static Position open(Connection connection, String topic, int partition, Position start) throws SQLException {
        try (PreparedStatement open = connection.prepareStatement(OPEN)) {
            open.setString(1, topic);
            open.setInt(2, partition);
            open.setLong(3, start.next());
            open.setString(4, start.topicId());
            open.executeUpdate();
        }
        try (PreparedStatement find = connection.prepareStatement(FIND)) {
            find.setString(1, topic);
            find.setInt(2, partition);
            try (ResultSet row = find.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("the offset row of partition " + partition + " has vanished", "40001");
                }
                return new Position(row.getLong(1), row.getString(2));
            }
        }
    }

    /** Moves the partition on if it stands where the slice begins: whoever cannot is fenced off. */
    static boolean move(Connection connection, Slice slice) throws SQLException {
        try (PreparedStatement move = connection.prepareStatement(MOVE)) {
            move.setLong(1, slice.to());
            move.setString(2, slice.topic());
            move.setInt(3, slice.partition());
            move.setLong(4, slice.from());
            return move.executeUpdate() == 1;
        }
    }

    static boolean skip(
            Connection connection, String topic, int partition, Position position, Position to, String reason)
            throws SQLException {
        try (PreparedStatement skip = connection.prepareStatement(SKIP)) {
            skip.setLong(1, to.next());
            skip.setString(2, to.topicId());
            skip.setString(3, topic);
            skip.setInt(4, partition);
            skip.setLong(5, position.next());
            skip.setString(6, position.topicId());
            if (skip.executeUpdate() == 0) {
                return false;
            }
        }
        try (PreparedStatement gap = connection.prepareStatement(GAP)) {
            gap.setString(1, topic);
            gap.setInt(2, partition);
            gap.setLong(3, position.next());
            gap.setLong(4, to.next());
            gap.setString(5, reason);
            gap.executeUpdate();
        }
        return true;
    }
}
