package dev.homeroom.local.gateway;

import dev.homeroom.local.gateway.Routes.Target;
import dev.homeroom.local.process.Ports;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyOptions;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToIntFunction;

/**
 * The one origin of the local stack: sends every request to the service that owns its path, bodies as streams in both
 * directions, WebSockets and Server-Sent Events included. Host and Origin stay as they came, so the services check them.
 */
public final class Gateway implements AutoCloseable {
    /** Longer than the longest wait that a service offers. */
    private static final long ANSWER_MILLIS = 120_000;

    private static final int CONNECT_MILLIS = 2000;
    private static final int CONNECTIONS_A_SERVICE = 1024;
    private static final int WAITING_A_SERVICE = 1024;
    private static final int HEADER_BYTES = 16 << 10;
    private static final int INITIAL_LINE_BYTES = 8 << 10;
    private static final int START_SECONDS = 30;

    private final Vertx vertx;
    private final ToIntFunction<Owner> port;
    private final HttpProxy proxy;
    private final WebSocketTunnel tunnel;
    private final Health health;

    private Gateway(Vertx vertx, ToIntFunction<Owner> port) {
        this.vertx = vertx;
        this.port = port;
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setMaxWaitQueueSize(WAITING_A_SERVICE)
                .setMaxHeaderSize(HEADER_BYTES * 4)
                .setDecompressionSupported(false);
        HttpClient client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(CONNECTIONS_A_SERVICE));
        this.proxy = HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client)
                .origin(context -> client.request(toOwner(context)))
                .addInterceptor(new Rewrite());
        this.tunnel = new WebSocketTunnel(client);
        this.health = new Health(client, port);
    }

    /**
     * Starts to listen on 127.0.0.1.
     *
     * @param port where a service answers, on 127.0.0.1
     * @throws IOException when it cannot listen
     */
    public static Gateway start(int listenPort, ToIntFunction<Owner> port) throws IOException {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(2)
                .setWorkerPoolSize(2)
                .setUseDaemonThread(true)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        Gateway gateway = new Gateway(vertx, port);
        HttpServerOptions options = new HttpServerOptions()
                .setHost(Ports.LOOPBACK)
                .setPort(listenPort)
                // The proxy library cannot pass on an HTTP/2 body without a length; browsers speak 1.1 without TLS.
                .setHttp2ClearTextEnabled(false)
                .setMaxHeaderSize(HEADER_BYTES)
                .setMaxInitialLineLength(INITIAL_LINE_BYTES);
        try {
            await(vertx.createHttpServer(options)
                    .requestHandler(gateway::handle)
                    .listen());
            return gateway;
        } catch (IOException e) {
            gateway.close();
            throw e;
        }
    }

    private void handle(HttpServerRequest request) {
        String path = path(request);
        if (path.equals("/health")) {
            health.answer(request).onFailure(e -> answer(request, Problems.of(e, Owner.DASHBOARD)));
            return;
        }
        Optional<Target> target = Routes.target(path);
        if (target.isEmpty()) {
            answer(request, Problems.notFound());
        } else if (WebSocketTunnel.isUpgrade(request)) {
            Owner owner = target.get().owner();
            tunnel.open(request, to(port.applyAsInt(owner), uri(request, target.get())))
                    .onFailure(e -> answer(request, Problems.of(e, owner)));
        } else {
            proxy.handle(request);
        }
    }

    static RequestOptions to(int port, String uri) {
        return new RequestOptions().setHost(Ports.LOOPBACK).setPort(port).setURI(uri);
    }

    /** A stream may be silent for longer than an answer may take. */
    private RequestOptions toOwner(ProxyContext context) {
        HttpServerRequest request = context.request().proxiedRequest();
        Target target = Routes.target(path(request)).orElseThrow();
        RequestOptions options = to(port.applyAsInt(target.owner()), uri(request, target));
        boolean stream = path(request).startsWith("/stream/");
        return stream ? options : options.setIdleTimeout(ANSWER_MILLIS);
    }

    private static String path(HttpServerRequest request) {
        return Objects.requireNonNullElse(request.path(), "");
    }

    private static String uri(HttpServerRequest request, Target target) {
        return request.query() == null ? target.path() : target.path() + "?" + request.query();
    }

    private static void answer(HttpServerRequest request, Problems.Answer problem) {
        request.resume();
        if (!request.response().headWritten()) {
            request.response()
                    .setStatusCode(problem.status())
                    .putHeader("content-type", Problems.MEDIA_TYPE)
                    .end(problem.body());
        }
    }

    private static void await(Future<?> future) throws IOException {
        try {
            future.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the gateway cannot listen: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Stops listening and cuts every connection; at most 30 s. */
    @Override
    public void close() {
        try {
            await(vertx.close());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** What changes on the way: path and headers to the service; a failure becomes a problem for the caller. */
    private static final class Rewrite implements ProxyInterceptor {
        @Override
        public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
            ProxyRequest request = context.request();
            HttpServerRequest original = request.proxiedRequest();
            Target target = Routes.target(path(original)).orElseThrow();
            request.setURI(uri(original, target));
            if (original.authority() != null) {
                request.setAuthority(original.authority());
            }
            Forwarding.apply(original, request.headers());
            return context.sendRequest().recover(e -> Future.succeededFuture(problem(request, target.owner(), e)));
        }

        private static ProxyResponse problem(ProxyRequest request, Owner owner, Throwable failure) {
            Problems.Answer answer = Problems.of(failure, owner);
            return request.release()
                    .response()
                    .setStatusCode(answer.status())
                    .putHeader("content-type", Problems.MEDIA_TYPE)
                    .setBody(Body.body(answer.body()));
        }
    }
}
