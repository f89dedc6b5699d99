package dev.homeroom.metrics.postgres;

import dev.homeroom.contracts.event.EventJson;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

    /**
     * The next parameter: an array of PostgreSQL type {@code type}. Numbers and bytes go as such, other values as their text.
     * Arrays of a type that the driver knows cross the wire in binary, which costs both sides least.
     */
    Columns<R> column(String type, Function<R, @Nullable Object> value) throws SQLException {
        @Nullable Object[] values = array(type);
        boolean text = values instanceof String[];
        int at = 0;
        for (R row : rows) {
            Object cell = value.apply(row);
            values[at++] = text && cell != null ? text(cell) : cell;
        }
        Array array = statement.getConnection().createArrayOf(type, values);
        statement.setArray(index++, array);
        return this;
    }

    private static String text(Object cell) {
        return cell instanceof Instant instant && instant.equals(instant.truncatedTo(ChronoUnit.MILLIS))
                ? EventJson.text(instant)
                : cell.toString();
    }

    private @Nullable Object[] array(String type) {
        return switch (type) {
            case "int8" -> new @Nullable Long[rows.size()];
            case "int4" -> new @Nullable Integer[rows.size()];
            case "float8" -> new @Nullable Double[rows.size()];
            case "bytea" -> new byte[rows.size()][];
            default -> new @Nullable String[rows.size()];
        };
    }
}
