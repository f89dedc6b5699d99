package dev.homeroom.bench.http;

import dev.homeroom.bench.load.Step;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** HTTP/1.1 with a kept-alive connection for every caller. Thread-safe. */
public final class HttpLoad implements AutoCloseable {
    /** OK, created, accepted. */
    private static final Set<Integer> WELL = Set.of(200, 201, 202);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient client;
    private final String authorization;

    /** To this port, at most so many connections, with this header in each request. */
    public HttpLoad(int port, int connections, String authorization) {
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(port),
                new PoolOptions().setHttp1MaxSize(connections));
        this.authorization = authorization;
    }

    /** Posts JSON; goes on with the body of an answer that is well. */
    public void post(String path, Buffer json, Step.Done done, Consumer<Buffer> next) {
        client.request(HttpMethod.POST, path)
                .compose(request -> request.putHeader("Authorization", authorization)
                        .putHeader("Content-Type", "application/json")
                        .send(json))
                .compose(response -> response.body().map(body -> {
                    if (!WELL.contains(response.statusCode())) {
                        throw new IllegalStateException(response.statusCode() + " " + body);
                    }
                    return body;
                }))
                .onSuccess(next::accept)
                .onFailure(done::failed);
    }

    /** Gets; goes on with the body of an answer that is well. */
    public void get(String path, Step.Done done, Consumer<Buffer> next) {
        client.request(HttpMethod.GET, path)
                .compose(request ->
                        request.putHeader("Authorization", authorization).send())
                .compose(response -> response.body().map(body -> {
                    if (!WELL.contains(response.statusCode())) {
                        throw new IllegalStateException(response.statusCode() + " " + body);
                    }
                    return body;
                }))
                .onSuccess(next::accept)
                .onFailure(done::failed);
    }

    @Override
    public void close() {
        client.close();
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
