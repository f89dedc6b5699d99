package dev.homeroom.queue.postgres;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Makes the pool of connections as configured, and has every statement prepared once a connection: the client's own limit
 * is 2,048 characters, and a longer one (that which finishes tasks) is parsed and planned anew with each call.
 */
@Singleton
public class Connections implements PgPoolCreator {
    /** Characters; above any statement of the queue. */
    private static final int LONGEST_PREPARED = 16_384;

    @Override
    public Pool create(Input input) {
        input.pgConnectOptionsList().forEach(Connections::preparing);
        return PgBuilder.pool()
                .with(input.poolOptions())
                .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
                .using(input.vertx())
                .build();
    }

    /** Has long statements prepared once a connection, too; answers {@code options}. */
    public static PgConnectOptions preparing(PgConnectOptions options) {
        options.setCachePreparedStatements(true).setPreparedStatementCacheSqlLimit(LONGEST_PREPARED);
        return options;
    }
}
