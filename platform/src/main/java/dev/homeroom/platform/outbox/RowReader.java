package dev.homeroom.platform.outbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Makes the Kafka record of a row; {@link dev.homeroom.platform.event.EventCodec#encode} does the most of it. */
@FunctionalInterface
public interface RowReader {
    /**
     * The record of the row that the result set stands on.
     *
     * @param row stands on the row; has the columns that were named to the {@link OutboxTable}
     * @throws SQLException when a column cannot be read; the relay stays before this row and tries again
     */
    ProducerRecord<String, byte[]> read(ResultSet row) throws SQLException;
}
