package dev.homeroom.metrics.postgres;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Binds rows to a statement column by column, as one array each for {@code unnest}: one round trip whatever their number.
 *
 * @param <R> a row
 */
final class Columns<R> {
    private final PreparedStatement statement;
    private final Collection<R> rows;
    private int index;

    Columns(PreparedStatement statement, int first, Collection<R> rows) {
        this.statement = statement;
        this.rows = rows;
        this.index = first;
    }

    /** The next parameter: an array of PostgreSQL type {@code type}; values other than numbers go as their text. */
    Columns<R> column(String type, Function<R, @Nullable Object> value) throws SQLException {
        @Nullable Object[] values = new @Nullable Object[rows.size()];
        int at = 0;
        for (R row : rows) {
            Object cell = value.apply(row);
            values[at++] = cell == null || cell instanceof Number ? cell : cell.toString();
        }
        Array array = statement.getConnection().createArrayOf(type, values);
        statement.setArray(index++, array);
        return this;
    }
}
