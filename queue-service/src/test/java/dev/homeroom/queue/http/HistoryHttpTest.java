package dev.homeroom.queue.http;

import static dev.homeroom.queue.http.Api.as;
import static dev.homeroom.queue.http.Api.claim;
import static dev.homeroom.queue.http.Api.enqueue;
import static dev.homeroom.queue.http.Api.enqueued;
import static dev.homeroom.queue.http.Api.held;
import static dev.homeroom.queue.http.Api.history;
import static dev.homeroom.queue.http.Api.post;
import static dev.homeroom.queue.http.Api.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import dev.homeroom.queue.postgres.Housekeeping;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every step of a task (R-Q12). */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
@QuarkusTestResource(FakeCoordinatorResource.class)
class HistoryHttpTest {
    @Inject
    AgroalDataSource database;

    @Inject
    Housekeeping housekeeping;

    @Test
    @DisplayName("R-Q12: every step with who, when, token and reason")
    void whoWhenAndWhy() {
        var before = Instant.now().minusSeconds(5);
        String type = unique();
        String id = enqueued(type);
        long token = claim(type);
        post("/api/tasks/" + id + "/fail", held(token, ",\"reason\":\"503\",\"retryAfter\":\"PT0S\""))
                .statusCode(200);
        long second = claim(type);
        post("operator", "/api/tasks/" + id + "/cancel", "{\"reason\":\"not wanted\"}")
                .statusCode(200);
        post("operator", "/api/tasks/" + id + "/retry", "{\"reason\":\"wanted after all\"}")
                .statusCode(200);
        var steps = history(id);
        assertThat(steps.getList("items.cause"))
                .isEqualTo(List.of("enqueued", "claimed", "retry", "claimed", "cancelled", "retried"));
        assertThat(steps.getList("items.version")).isEqualTo(List.of(1, 2, 3, 4, 5, 6));
        assertThat(steps.getString("items[0].by")).isEqualTo("test-agent");
        assertThat(steps.getString("items[1].session")).isEqualTo("s-1");
        assertThat(steps.getLong("items[1].token")).isEqualTo(token);
        assertThat(steps.getString("items[2].error")).isEqualTo("503");
        assertThat(steps.getString("items[4].by")).isEqualTo("test-operator");
        assertThat(steps.getString("items[4].session")).isEqualTo("s-1");
        assertThat(steps.getLong("items[4].token")).isEqualTo(second);
        assertThat(steps.getString("items[4].error")).isEqualTo("not wanted");
        assertThat(steps.getString("items[5].by")).isEqualTo("test-operator");
        assertThat(steps.getString("items[5].error")).isEqualTo("wanted after all");
        assertThat(steps.getList("items.at", String.class))
                .allSatisfy(at -> assertThat(Instant.parse(at))
                        .isBetween(before, Instant.now().plusSeconds(5)));
    }

    @Test
    @DisplayName("R-Q12: a long history comes in pages")
    void pages() {
        String type = unique();
        String id = enqueued(type);
        for (int i = 0; i < 3; i++) {
            post("/api/tasks/" + id + "/release", held(claim(type), "")).statusCode(200);
        }
        var versions = new ArrayList<Integer>();
        String next = "0";
        while (next != null) {
            var page = as("operator")
                    .get("/api/tasks/" + id + "/history?limit=3&after=" + next)
                    .jsonPath();
            versions.addAll(page.getList("items.version", Integer.class));
            next = page.getString("next");
        }
        assertThat(versions).containsExactly(1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    @DisplayName("R-Q12: history is kept for the set time, then it is dropped, and the finished task with it")
    void retention() throws Exception {
        String type = unique();
        String keyed = "{\"type\":\"" + type + "\",\"idempotencyKey\":\"" + type + "\"}";
        String old = enqueue(keyed);
        String unfinished = enqueued(unique());
        post("/api/tasks/" + old + "/complete", held(claim(type), "")).statusCode(200);
        old = grown(old);
        unfinished = grown(unfinished);
        var kept = housekeeping.round(Duration.ofDays(30)).toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(kept.partitions()).isEqualTo(1);
        assertThat(kept.purged()).isEqualTo(1);
        as("operator").get("/api/tasks/" + old).then().statusCode(404);
        as("operator").get("/api/tasks/" + old + "/history").then().statusCode(404);
        as("operator").get("/api/tasks?type=" + type).then().body("items", hasSize(0));
        assertThat(enqueue(keyed)).as("its key is free").isNotEqualTo(old);
        as("operator").get("/api/tasks/" + unfinished).then().statusCode(200).body("status", equalTo("pending"));
        as("operator").get("/api/tasks/" + unfinished + "/history").then().body("items", hasSize(0));
    }

    /** Makes it forty days older, and its steps relayed, as they would be; gives the id it would have. */
    private String grown(String id) throws SQLException {
        var now = UUID.fromString(id);
        long then = now.getMostSignificantBits() - (Duration.ofDays(40).toMillis() << 16);
        var older = new UUID(then, now.getLeastSignificantBits());
        sql("DO $$ BEGIN EXECUTE format('CREATE TABLE IF NOT EXISTS queue.%I PARTITION OF queue.transition FOR VALUES"
                + " FROM (%L) TO (%L)', 'transition_' || to_char((now() AT TIME ZONE 'UTC')::date - 40, 'YYYYMMDD'),"
                + " ((now() AT TIME ZONE 'UTC')::date - 40)::text || ' 00:00:00+00',"
                + " ((now() AT TIME ZONE 'UTC')::date - 39)::text || ' 00:00:00+00'); END $$");
        sql("UPDATE queue.transition SET task = '" + older + "', xid = '3',"
                + " at = ((now() AT TIME ZONE 'UTC')::date - 40)::timestamp AT TIME ZONE 'UTC' + interval '1 h'"
                + " WHERE task = '" + id + "'");
        sql("UPDATE queue.task_state SET id = '" + older + "' WHERE id = '" + id + "'");
        sql("UPDATE queue.task SET id = '" + older + "', created_at = created_at - interval '40 days' WHERE id = '" + id
                + "'");
        return older.toString();
    }

    private void sql(String statement) throws SQLException {
        try (var connection = database.getConnection();
                var open = connection.createStatement()) {
            open.execute(statement);
        }
    }
}
