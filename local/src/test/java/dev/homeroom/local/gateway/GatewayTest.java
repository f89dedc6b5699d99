package dev.homeroom.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.local.process.Await;
import dev.homeroom.local.process.Ports;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gateway in front of one real HTTP server that plays every service but the queue, which is down. */
class GatewayTest {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Integer> ports = Ports.free(3);
    private final CompletableFuture<String> arrived = new CompletableFuture<>();
    private Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        HttpServer service = vertx.createHttpServer(new HttpServerOptions()
                        .setHost("127.0.0.1")
                        .setPort(ports.get(0))
                        .addWebSocketSubProtocol("homeroom.v1"))
                .requestHandler(this::serve);
        get(service.listen());
        gateway = Gateway.start(ports.get(1), owner -> owner == Owner.QUEUE ? ports.get(2) : ports.get(0));
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        get(vertx.close());
    }

    private void serve(HttpServerRequest request) {
        String path = Objects.requireNonNull(request.path());
        if (path.equals("/ws/refused")) {
            request.response().setStatusCode(403).end("no");
        } else if (path.startsWith("/ws/")) {
            request.toWebSocket()
                    .onSuccess(socket -> socket.textMessageHandler(text -> socket.writeTextMessage("echo " + text)));
        } else if (path.startsWith("/stream/")) {
            request.response().setChunked(true).putHeader("content-type", "text/event-stream");
            request.response().write("data: first\n\n"); // and the stream stays open
        } else if (path.equals("/api/metrics")) {
            request.response().setChunked(true);
            request.handler(chunk -> arrived.complete(chunk.toString()));
            request.endHandler(end -> request.response().end("done"));
        } else {
            request.response()
                    .putHeader("content-type", "text/plain")
                    .end("%s %s host=%s for=%s auth=%s"
                            .formatted(
                                    request.method(),
                                    request.uri(),
                                    request.getHeader("host"),
                                    request.getHeader("x-forwarded-for"),
                                    request.getHeader("authorization")));
        }
    }

    @Test
    void keepsPathQueryHostAndTokenAndSaysWhoCalls() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(uri("/api/locks/a%2Fb?x=1&y=%20"))
                .header("Authorization", "Bearer t")
                .header("X-Forwarded-For", "6.6.6.6"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("GET /api/locks/a%2Fb?x=1&y=%20 host=127.0.0.1:" + ports.get(1)
                        + " for=127.0.0.1 auth=Bearer t");
    }

    @Test
    void aServiceThatIsDownIsAProblem() throws Exception {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(uri("/api/tasks")).POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(answer.body()).contains("urn:homeroom:problem:unavailable", "queue");
    }

    @Test
    void aPathThatNobodyOwnsIsAProblem() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(uri("/api/nothing")));
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("urn:homeroom:problem:not-found");
    }

    @Test
    void healthNamesTheServiceThatIsDown() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(uri("/health")));
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"queue\":\"DOWN\"", "\"metrics\":\"UP\"");
    }

    @Test
    void serverSentEventsArriveWhileTheStreamIsOpen() throws Exception {
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<HttpResponse<Void>> open = http.sendAsync(
                HttpRequest.newBuilder(uri("/stream/classrooms?id=c1")).build(),
                info -> HttpResponse.BodySubscribers.fromLineSubscriber(new FirstLine(first)));
        assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("data: first");
        assertThat(open.cancel(true)).isTrue();
    }

    @Test
    void requestBodiesAreStreamed() throws Exception {
        CompletableFuture<HttpResponse<String>> answer;
        try (SubmissionPublisher<ByteBuffer> body = new SubmissionPublisher<>()) {
            answer = http.sendAsync(
                    HttpRequest.newBuilder(uri("/api/metrics"))
                            .POST(HttpRequest.BodyPublishers.fromPublisher(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(Await.until(Duration.ofSeconds(10), body::hasSubscribers))
                    .isTrue();
            body.submit(ByteBuffer.wrap("one".getBytes(StandardCharsets.UTF_8)));
            assertThat(arrived.get(10, TimeUnit.SECONDS)).isEqualTo("one");
        }
        assertThat(answer.get(10, TimeUnit.SECONDS).body()).isEqualTo("done");
    }

    @Test
    void webSocketsPassWithTheirSubprotocol() throws Exception {
        CompletableFuture<String> text = new CompletableFuture<>();
        WebSocket socket = http.newWebSocketBuilder()
                .subprotocols("homeroom.v1", "quarkus-http-upgrade#Authorization#Bearer%20t")
                .buildAsync(URI.create("ws://127.0.0.1:" + ports.get(1) + "/ws/classrooms"), new FirstText(text))
                .get(10, TimeUnit.SECONDS);
        assertThat(socket.getSubprotocol()).isEqualTo("homeroom.v1");
        assertThat(socket.sendText("hello", true)).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(text.get(10, TimeUnit.SECONDS)).isEqualTo("echo hello");
        socket.abort();
    }

    @Test
    void aRefusedWebSocketIsPassedOn() throws Exception {
        assertThat(http.newWebSocketBuilder()
                        .buildAsync(
                                URI.create("ws://127.0.0.1:" + ports.get(1) + "/ws/refused"),
                                new FirstText(new CompletableFuture<>())))
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingCause()
                .satisfies(e -> assertThat(((java.net.http.WebSocketHandshakeException) e)
                                .getResponse()
                                .statusCode())
                        .isEqualTo(403));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + ports.get(1) + path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private record FirstText(CompletableFuture<String> text) implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.complete(data.toString());
            return CompletableFuture.completedFuture(null);
        }
    }

    private record FirstLine(CompletableFuture<String> line) implements Flow.Subscriber<String> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String item) {
            line.complete(item);
        }

        @Override
        public void onError(Throwable e) {
            line.completeExceptionally(e);
        }

        @Override
        public void onComplete() {
            line.completeExceptionally(new IllegalStateException("ended without a line"));
        }
    }
}
