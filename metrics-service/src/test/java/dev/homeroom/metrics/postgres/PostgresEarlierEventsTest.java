package dev.homeroom.metrics.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.metrics.PartitionFold;
import dev.homeroom.metrics.Samples;
import dev.homeroom.metrics.Slice;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What is known of events that were stored before. */
class PostgresEarlierEventsTest {
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @Test
    @DisplayName("R-M1: a stored event is found by app, classroom and id, whatever its time, for two days")
    void found() {
        try (FoldDatabase database = new FoldDatabase()) {
            PostgresFoldStore store = database.store();
            store.position("t", 0, "id", 0);
            MetricEvent recent = Samples.attempt("c1", "s1", false, now.minusSeconds(5));
            MetricEvent old = Samples.attempt("c1", "s1", false, now.minus(Duration.ofDays(3)));
            var slice = new Slice("t", 0, 0, 2, List.of(Samples.taken(recent), Samples.taken(old)));
            var _ = new PartitionFold(store, 100).observe(slice);

            var earlier = new PostgresEarlierEvents(database.source());
            MetricEvent elsewhere = Samples.event(recent.id(), "c2", "s1", "submit", null, null, null, now);
            MetricEvent again = Samples.event(recent.id(), "c1", "s2", "click", null, null, null, now);
            MetricEvent unknown = Samples.attempt("c1", "s1", true, now);
            assertThat(earlier.like(List.of(again, elsewhere, old, unknown)))
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("context")
                    .containsExactly(recent);
            assertThat(earlier.like(List.of())).isEmpty();
        }
    }

    @Test
    @DisplayName("R-M1: without the database nothing is known, and it is asked again after ten seconds only")
    void outage() {
        var asked = new AtomicInteger();
        var gone = new PGSimpleDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                asked.incrementAndGet();
                throw new SQLException("gone");
            }
        };
        var clock = new Hand(now);
        var earlier = new PostgresEarlierEvents(gone, clock);
        List<MetricEvent> events =
                List.of(Samples.event(UUID.randomUUID(), "c1", "s1", "click", null, null, null, now));
        assertThat(earlier.like(events)).isEmpty();
        assertThat(earlier.like(events)).isEmpty();
        assertThat(asked).hasValue(1);
        clock.at = now.plusSeconds(10);
        assertThat(earlier.like(events)).isEmpty();
        assertThat(asked).hasValue(2);
    }

    /** A clock moved by hand. */
    private static final class Hand extends Clock {
        private Instant at;

        Hand(Instant at) {
            this.at = at;
        }

        @Override
        public Instant instant() {
            return at;
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
