package dev.homeroom.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A teacher's device: subscribes to one classroom, acknowledges every alert it gets, and comes back after each lost
 * connection where it left off. Thread-safe.
 */
final class StreamClient implements AutoCloseable {
    /** An alert change as it arrived. */
    record Seen(long seq, JsonNode change, long arrivedMillis) {}

    private final URI uri;
    private final String token;
    private final String classroom;
    private final String device;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
    private final List<Seen> alerts = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private @Nullable WebSocket socket;
    private CompletableFuture<WebSocket> sent = new CompletableFuture<>();
    private @Nullable String epoch;
    private long seq = -1;
    private int connections;
    private int gaps;
    private long rollups;
    private boolean closed;

    StreamClient(URI origin, String token, String classroom, String device) {
        this.uri = URI.create(origin.toString().replaceFirst("^http", "ws") + "/ws/classrooms");
        this.token = token;
        this.classroom = classroom;
        this.device = device;
        connect();
    }

    /** Cuts the connection as a dead network does: without a goodbye. */
    synchronized void cut() {
        WebSocket present = socket;
        if (present != null) {
            present.abort();
            lost(present);
        }
    }

    synchronized List<Seen> alerts() {
        return List.copyOf(alerts);
    }

    synchronized List<String> problems() {
        return List.copyOf(problems);
    }

    synchronized long seq() {
        return seq;
    }

    synchronized int connections() {
        return connections;
    }

    synchronized int gaps() {
        return gaps;
    }

    synchronized long rollups() {
        return rollups;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (socket != null) {
            socket.abort();
        }
        timer.shutdownNow();
    }

    private void connect() {
        String bearer = URLEncoder.encode("quarkus-http-upgrade#Authorization#Bearer " + token, StandardCharsets.UTF_8)
                .replace("+", "%20");
        var unused = http.newWebSocketBuilder()
                .subprotocols("homeroom.v1", bearer)
                .connectTimeout(Duration.ofSeconds(10))
                .buildAsync(uri, new Frames())
                .whenComplete((ws, failure) -> {
                    if (failure != null) {
                        lost(null);
                    }
                });
    }

    private synchronized void opened(WebSocket ws) {
        connections++;
        socket = ws;
        Map<String, Object> frame = epoch == null || seq < 0
                ? Map.of("type", "subscribe", "device", device, "classrooms", List.of(classroom))
                : Map.of("type", "resume", "device", device, "classroom", classroom, "epoch", epoch, "seq", seq);
        sent = CompletableFuture.completedFuture(ws);
        send(ws, frame);
    }

    /** One after the other: a WebSocket takes a frame only when the one before it is out. */
    private void send(WebSocket ws, Map<String, Object> frame) {
        sent = sent.exceptionally(lost -> ws).thenCompose(before -> ws.sendText(Api.json(frame), true));
    }

    /** Connects anew, once for each connection: what an earlier one still says does not count. */
    private synchronized void lost(@Nullable WebSocket ws) {
        if (ws != socket) {
            return;
        }
        socket = null;
        if (!closed && !timer.isShutdown()) {
            var unused = timer.schedule(this::connect, 200, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void frame(WebSocket ws, JsonNode frame) {
        if (ws != socket) {
            return;
        }
        switch (frame.path("type").asText()) {
            case "hello" -> hello(frame);
            case "alert" -> alert(ws, frame);
            case "rollup" -> rollups++;
            case "gap" -> gaps++;
            case "problem" -> problems.add(frame.toString());
            default -> {
                // Frames that a later version adds are none of this client's business.
            }
        }
    }

    private void hello(JsonNode frame) {
        epoch = frame.path("epoch").asText();
        if (seq < 0) {
            seq = 0;
        }
    }

    private void alert(WebSocket ws, JsonNode frame) {
        seq = frame.path("seq").asLong();
        epoch = frame.path("epoch").asText();
        alerts.add(new Seen(seq, frame.path("change"), System.currentTimeMillis()));
        send(ws, Map.of("type", "received", "classroom", classroom, "epoch", epoch, "seq", seq));
    }

    private final class Frames implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void onOpen(WebSocket ws) {
            opened(ws);
            ws.request(1);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket ws, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                JsonNode frame = parse(text.toString());
                text.setLength(0);
                StreamClient.this.frame(ws, frame);
            }
            ws.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket ws, int status, String reason) {
            lost(ws);
            return null;
        }

        @Override
        public void onError(WebSocket ws, Throwable error) {
            lost(ws);
        }

        private static JsonNode parse(String frame) {
            try {
                return Api.JSON.readTree(frame);
            } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                throw new IllegalStateException("not JSON: " + frame, e);
            }
        }
    }
}
