package dev.homeroom.queue.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
@QuarkusTestResource(FakeCoordinatorResource.class)
class PreparedTest {
    /** Characters; longer than any statement of the queue. */
    private static final int LONG = 4_000;

    @Inject
    Pool pool;

    @Test
    @DisplayName("R-Q2: a long statement, as that which finishes tasks, is parsed and planned once a connection")
    void longStatementsArePrepared() throws Exception {
        String statement = "SELECT 42 AS prepared /* " + "long ".repeat(LONG / 5) + "*/";
        long prepared = pool.withConnection(connection -> connection
                        .preparedQuery(statement)
                        .execute()
                        .compose(_ -> connection
                                .query("SELECT count(*) FROM pg_prepared_statements"
                                        + " WHERE statement LIKE 'SELECT 42 AS prepared%'")
                                .execute()))
                .map(rows -> rows.iterator().next().getLong(0))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        assertThat(prepared).isOne();
    }
}
