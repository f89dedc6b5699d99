package dev.homeroom.queue.postgres;

import static dev.homeroom.queue.postgres.Columns.longs;
import static dev.homeroom.queue.postgres.Columns.texts;
import static dev.homeroom.queue.postgres.Columns.times;
import static dev.homeroom.queue.postgres.Columns.uuids;

import dev.homeroom.queue.core.insight.Histogram;
import dev.homeroom.queue.core.insight.MinuteRow;
import dev.homeroom.queue.core.insight.Tally;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The figures of minutes; rows are only ever added, by each replica its own. */
final class MinuteTable {
    /** Beyond this a query shows no figures of minutes, and Housekeeping drops them. */
    static final int KEPT_HOURS = 24;

    private static final String PURGE =
            "DELETE FROM queue.minute WHERE minute < now() - " + KEPT_HOURS + " * interval '1 hour'";

    private static final String FLUSH = """
            INSERT INTO queue.minute (minute, replica, flush, type, lesson, counts, waits, runs, attempts)
            SELECT minute, replica, flush, type, lesson, counts::bigint[], waits, runs, attempts
            FROM unnest($1::timestamptz[], $2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::bytea[],
                $8::bytea[], $9::bytea[]) AS i(minute, replica, flush, type, lesson, counts, waits, runs, attempts)
            ON CONFLICT DO NOTHING
            """;

    private static final String READ = """
            SELECT minute, replica, flush, type, lesson, counts, waits, runs, attempts FROM queue.minute
            WHERE minute >= $1 AND ($2::text IS NULL OR type = $2) AND ($3::text IS NULL OR lesson = $3)
            ORDER BY minute
            """;

    private final Database database;

    MinuteTable(Database database) {
        this.database = database;
    }

    /** Drops what is older than a query can ask for. */
    static CompletionStage<Integer> purge(Database database) {
        return database.run(PURGE, Tuple.tuple(), rows -> rows.rowCount());
    }

    CompletionStage<Integer> flush(List<MinuteRow> rows) {
        var values = Tuple.tuple()
                .addValue(times(rows, MinuteRow::minute))
                .addArrayOfUUID(uuids(rows, MinuteRow::replica))
                .addArrayOfLong(longs(rows, MinuteRow::flush))
                .addArrayOfString(texts(rows, MinuteRow::type))
                .addArrayOfString(texts(rows, MinuteRow::lesson))
                .addArrayOfString(texts(rows, row -> counts(row.tally())))
                .addValue(bytes(rows, row -> row.tally().waits()))
                .addValue(bytes(rows, row -> row.tally().runs()))
                .addValue(bytes(rows, row -> row.tally().attempts()));
        return database.run(FLUSH, values, inserted -> inserted.rowCount());
    }

    CompletionStage<List<MinuteRow>> read(Instant from, @Nullable String type, @Nullable String lesson) {
        return database.run(READ, Tuple.of(from.atOffset(ZoneOffset.UTC), type, lesson), rows -> {
            var minutes = new ArrayList<MinuteRow>(rows.size());
            for (var row : rows) {
                minutes.add(new MinuteRow(
                        TaskRows.required(row, "minute"),
                        row.getUUID("replica"),
                        row.getLong("flush"),
                        row.getString("type"),
                        row.getString("lesson"),
                        tally(row)));
            }
            return minutes;
        });
    }

    /** In the order of {@link Tally.Event}; events that are added later are absent from older rows. */
    private static String counts(Tally tally) {
        var literal = new StringBuilder("{");
        for (var event : Tally.Event.values()) {
            literal.append(literal.length() == 1 ? "" : ",").append(tally.of(event));
        }
        return literal.append('}').toString();
    }

    private static Buffer[] bytes(List<MinuteRow> rows, Function<MinuteRow, Histogram> histogram) {
        return rows.stream()
                .map(row -> Buffer.buffer(histogram.apply(row).encoded()))
                .toArray(Buffer[]::new);
    }

    private static Tally tally(Row row) {
        var tally = new Tally();
        var counts = row.getArrayOfLongs("counts");
        var events = Tally.Event.values();
        for (int i = 0; i < Math.min(counts.length, events.length); i++) {
            tally.count(events[i], counts[i]);
        }
        tally.waits().add(Histogram.decoded(row.getBuffer("waits").getBytes()));
        tally.runs().add(Histogram.decoded(row.getBuffer("runs").getBytes()));
        tally.attempts().add(Histogram.decoded(row.getBuffer("attempts").getBytes()));
        return tally;
    }
}
