package dev.homeroom.metrics.ws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.homeroom.contracts.alert.Alert;
import dev.homeroom.contracts.alert.AlertChange;
import dev.homeroom.contracts.event.EventJson;
import dev.homeroom.contracts.frustration.Evidence;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What dashboard-service answers over HTTP, as its contract says: another process, so here a small server of its own. */
final class Dashboard implements AutoCloseable {
    private static final Pattern CHANGES =
            Pattern.compile("/api/classroom/([^/]+)/alert-changes\\?after=(\\d+)&limit=(\\d+)");
    private static final Pattern ALERTS = Pattern.compile("/api/classroom/([^/]+)/alerts\\?status=active.*");
    static final String EPOCH = "epoch-1";

    private final HttpServer server;
    private final Map<String, List<AlertChange>> changes = new ConcurrentHashMap<>();
    private final Map<String, Long> gone = new ConcurrentHashMap<>();
    final List<String> questions = new CopyOnWriteArrayList<>();

    Dashboard(URI address) throws IOException {
        server = HttpServer.create(new InetSocketAddress(address.getHost(), address.getPort()), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** The next change of a classroom's alerts happens. */
    AlertChange raise(String classroom) {
        List<AlertChange> all = changes.computeIfAbsent(classroom, _ -> new CopyOnWriteArrayList<>());
        long seq = all.size() + 1L;
        Instant now = Instant.parse("2026-11-21T10:00:00Z");
        Alert alert = new Alert(
                "a-" + seq,
                seq,
                classroom,
                "p1",
                "quiz",
                "repeated-errors",
                null,
                "high",
                "open",
                now,
                null,
                new Evidence("rule", Map.of("errors", 5.0), List.of()),
                1);
        AlertChange change = new AlertChange(classroom, EPOCH, seq, "raised", alert, null, null, now);
        all.add(change);
        return change;
    }

    /** Changes up to a number cannot be had any more. */
    void forget(String classroom, long upTo) {
        gone.put(classroom, upTo);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String question = exchange.getRequestURI().toString();
        questions.add(question);
        boolean known = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                .startsWith("Bearer ey");
        Matcher history = CHANGES.matcher(question);
        Matcher alerts = ALERTS.matcher(question);
        ObjectNode body = EventJson.mapper().createObjectNode();
        int status = 200;
        if (!known) {
            status = 401;
        } else if (history.matches()) {
            history(body, history.group(1), Long.parseLong(history.group(2)), Integer.parseInt(history.group(3)));
        } else if (alerts.matches()) {
            ArrayNode items = body.putArray("items");
            all(alerts.group(1)).forEach(each -> items.add(EventJson.mapper().valueToTree(each.alert())));
        } else {
            status = 404;
        }
        byte[] bytes = EventJson.mapper().writeValueAsBytes(body);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void history(ObjectNode body, String classroom, long after, int limit) {
        long first = Math.max(after, gone.getOrDefault(classroom, 0L)) + 1;
        List<AlertChange> all = all(classroom);
        body.put("classroom", classroom)
                .put("epoch", EPOCH)
                .put("seq", all.size())
                .put("gap", first > after + 1);
        ArrayNode items = body.putArray("items");
        all.stream()
                .filter(each -> each.seq() >= first)
                .limit(limit)
                .forEach(each -> items.add(EventJson.mapper().valueToTree(each)));
    }

    private List<AlertChange> all(String classroom) {
        return new ArrayList<>(changes.getOrDefault(classroom, List.of()));
    }
}
