package dev.homeroom.platform.outbox;

import java.sql.Connection;
import java.sql.SQLException;

/** Where a relay gets its one connection from, such as {@code dataSource::getConnection}. */
@FunctionalInterface
public interface ConnectionSource {
    /** A connection that nobody else uses until it is closed. */
    Connection open() throws SQLException;
}
