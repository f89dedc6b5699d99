package dev.homeroom.queue.postgres;

import dev.homeroom.queue.core.TaskFilter;
import dev.homeroom.queue.core.TaskQuery;
import dev.homeroom.queue.core.TaskStatus;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * A filter as conditions on one source: the range that an index is walked along, and the facts that are looked at for each
 * task of it.
 */
final class SearchConditions {
    /** Ids are made by the services' clocks, {@code created_at} by the database's: so far apart they may be. */
    private static final Duration CLOCKS = Duration.ofHours(1);

    private final Tuple values = Tuple.tuple();
    private final List<String> range = new ArrayList<>();
    private final List<String> facts = new ArrayList<>();
    private final String held;
    private final boolean reads;

    SearchConditions(SearchSource source, TaskQuery query) {
        var filter = query.filter();
        held = filter.session() == null ? "" : "AND c.session = " + next(filter.session());
        range.add(source.where());
        if (query.after() != null) {
            range.add(source.id() + " < " + next(query.after()));
        }
        ids(source, filter);
        if (source == SearchSource.EVERY) {
            keys(filter);
        }
        facts.add(source.stillSo());
        facts(source, filter);
        boolean status = source == SearchSource.EVERY && !filter.statuses().isEmpty();
        if (status) {
            var words = filter.statuses().stream().map(TaskStatus::word).toArray(String[]::new);
            facts.add(SearchSource.status() + " = ANY(" + next(words) + "::text[])");
        }
        if (filter.text() != null) {
            var text = next(filter.text().toLowerCase(Locale.ROOT)) + "::text";
            facts.add("(strpos(lower(t.type), " + text + ") > 0 OR strpos(lower(" + source.reason() + "), " + text
                    + ") > 0)");
        }
        reads = status || filter.text() != null || source.isEnd();
    }

    /** The values of all conditions. */
    Tuple values() {
        return values;
    }

    /** Which claimed tasks. */
    String held() {
        return held;
    }

    /** The part of the source that is walked along. */
    String range() {
        return String.join(" AND ", range);
    }

    /** What must hold of each task there. */
    String facts() {
        return String.join(" AND ", facts);
    }

    /** How many tasks are looked at; 0: no more than the page holds, for every one of them is meant. */
    int lookedAt() {
        if (reads) {
            return TaskSearch.READ;
        }
        return facts.size() > 1 ? TaskSearch.LOOKED_AT : 0;
    }

    /** A task of that time has an id of about that time. */
    private void ids(SearchSource source, TaskFilter filter) {
        if (filter.createdAfter() != null) {
            range.add(
                    source.id() + " >= " + next(firstIdOf(filter.createdAfter().minus(CLOCKS))));
        }
        if (filter.createdBefore() != null) {
            range.add(
                    source.id() + " < " + next(firstIdOf(filter.createdBefore().plus(CLOCKS))));
        }
    }

    /** What has an index of its own. */
    private void keys(TaskFilter filter) {
        if (filter.key() != null) {
            range.add("t.key_hash = " + next(filter.key()));
        }
        if (filter.lesson() != null) {
            range.add("t.lesson = " + next(filter.lesson()));
        }
    }

    private void facts(SearchSource source, TaskFilter filter) {
        if (filter.type() != null) {
            facts.add("t.type = " + next(filter.type()));
        }
        if (filter.lesson() != null && source != SearchSource.EVERY) {
            facts.add("t.lesson = " + next(filter.lesson()));
        }
        if (filter.key() != null && source != SearchSource.EVERY) {
            facts.add("t.key_hash = " + next(filter.key()));
        }
        if (filter.objective() != null) {
            facts.add("EXISTS (SELECT FROM queue.lesson l WHERE l.name = t.lesson AND l.objective = "
                    + next(filter.objective()) + ")");
        }
        if (filter.priority() != null) {
            facts.add("t.priority = " + next(filter.priority()) + "::int");
        }
        if (filter.resolver() != null) {
            facts.add("t.resolver = " + next(filter.resolver()));
        }
        if (filter.limitKey() != null) {
            facts.add("t.limits @> " + next(new String[] {filter.limitKey()}) + "::text[]");
        }
        if (filter.createdAfter() != null) {
            facts.add("t.created_at >= " + next(filter.createdAfter().atOffset(ZoneOffset.UTC)));
        }
        if (filter.createdBefore() != null) {
            facts.add("t.created_at < " + next(filter.createdBefore().atOffset(ZoneOffset.UTC)));
        }
    }

    private String next(Object value) {
        values.addValue(value);
        return "$" + values.size();
    }

    /** The first 48 bits of a UUIDv7 are milliseconds of Unix time (RFC 9562, section 5.7). */
    private static UUID firstIdOf(Instant time) {
        long millis = Math.clamp(time.toEpochMilli(), 0, (1L << 48) - 1);
        return new UUID(millis << 16, 0);
    }
}
