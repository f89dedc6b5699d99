package dev.homeroom.metrics.ws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.contracts.event.EventJson;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A WebSocket client as a browser is one: the token travels in a subprotocol. */
final class Device implements AutoCloseable {
    static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    Device(URI uri, String token) {
        this(uri, token, true);
    }

    /** @param reads whether it ever reads what comes */
    Device(URI uri, String token, boolean reads) {
        socket = connect(uri, token, null, new Listener(reads))
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    static CompletableFuture<WebSocket> connect(
            URI uri, String token, @Nullable String origin, WebSocket.Listener listener) {
        String bearer = URLEncoder.encode("quarkus-http-upgrade#Authorization#Bearer " + token, StandardCharsets.UTF_8)
                .replace("+", "%20");
        WebSocket.Builder builder = HTTP.newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(20))
                .subprotocols("homeroom.v1", bearer);
        return (origin == null ? builder : builder.header("Origin", origin)).buildAsync(uri, listener);
    }

    String subprotocol() {
        return socket.getSubprotocol();
    }

    void send(String frame) {
        socket.sendText(frame.replace('\'', '"'), true)
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    void subscribe(String classroom) {
        send("{'type':'subscribe','device':'d1','classrooms':['" + classroom + "']}");
    }

    void resume(String classroom, long seq) {
        send("{'type':'resume','device':'d1','classroom':'" + classroom + "','epoch':'" + Dashboard.EPOCH + "','seq':"
                + seq + "}");
    }

    void received(String classroom, long seq) {
        send("{'type':'received','classroom':'" + classroom + "','epoch':'" + Dashboard.EPOCH + "','seq':" + seq + "}");
    }

    /** The next frame, which is of this type. */
    JsonNode next(String type) {
        try {
            JsonNode frame = frames.poll(20, TimeUnit.SECONDS);
            if (frame == null || !frame.path("type").asText().equals(type)) {
                throw new AssertionError("expected " + type + ", got " + frame + ", closed: " + closed.getNow(0));
            }
            return frame;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The close code, when the server closes. */
    int closeCode() {
        return closed.orTimeout(20, TimeUnit.SECONDS).join();
    }

    boolean isOpen() {
        return !closed.isDone();
    }

    /** Cuts the connection without a goodbye. */
    @Override
    public void close() {
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {
        private final boolean reads;
        private final StringBuilder text = new StringBuilder();

        Listener(boolean reads) {
            this.reads = reads;
        }

        @Override
        public void onOpen(WebSocket ws) {
            if (reads) {
                ws.request(Long.MAX_VALUE);
            }
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket ws, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                try {
                    frames.add(EventJson.mapper().readTree(text.toString()));
                } catch (JsonProcessingException e) {
                    closed.completeExceptionally(e);
                }
                text.setLength(0);
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket ws, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket ws, Throwable failure) {
            closed.completeExceptionally(failure);
        }
    }
}
