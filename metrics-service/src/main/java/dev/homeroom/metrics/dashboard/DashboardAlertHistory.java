package dev.homeroom.metrics.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.contracts.event.EventJson;
import dev.homeroom.metrics.core.stream.Change;
import dev.homeroom.metrics.core.stream.History;
import dev.homeroom.metrics.core.stream.Snapshot;
import dev.homeroom.metrics.stream.AlertHistory;
import dev.homeroom.platform.security.ServiceToken;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Asks dashboard-service over HTTP with the service token. Safe for any thread; the hub paces the questions. */
@Singleton
public class DashboardAlertHistory implements AlertHistory {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(3);
    private static final int PAGE = 100;
    private static final int SNAPSHOT_PAGE = 500;
    /** More active alerts than a classroom's page can show; later ones come as changes. */
    private static final int SNAPSHOT_PAGES = 4;

    private static final long MOST_BYTES = 8L << 20;

    private final URI dashboard;
    private final ServiceToken token;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .executor(threads)
            .build();

    /** Of the dashboard-service at {@code HOMEROOM_DASHBOARD_URL}. */
    @Inject
    public DashboardAlertHistory(
            @ConfigProperty(name = "homeroom.dashboard.url", defaultValue = "http://127.0.0.1:8084") URI dashboard,
            ServiceToken token) {
        this.dashboard = dashboard;
        this.token = token;
    }

    @Override
    public CompletionStage<History> after(String classroom, long after) {
        return later(() -> history(classroom, after, PAGE));
    }

    @Override
    public CompletionStage<Snapshot> snapshot(String classroom) {
        return later(() -> {
            // The number first: alerts read later have at least every change up to it.
            History head = history(classroom, 0, 1);
            return new Snapshot(classroom, head.epoch(), head.latest(), alerts(classroom));
        });
    }

    @PreDestroy
    void close() {
        http.shutdownNow();
        threads.shutdownNow();
    }

    private interface Question<T> {
        T answer() throws IOException, InterruptedException;
    }

    private <T> CompletionStage<T> later(Question<T> question) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return question.answer();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new IllegalStateException("The service is stopping", e);
                    }
                },
                threads);
    }

    private History history(String classroom, long after, int limit) throws IOException, InterruptedException {
        JsonNode answer = get(classroom, "alert-changes?after=" + after + "&limit=" + limit);
        String epoch = text(answer, "epoch");
        List<Change> items = new ArrayList<>();
        for (JsonNode item : answer.path("items")) {
            items.add(new Change(classroom, text(item, "epoch"), number(item, "seq"), item.toString()));
        }
        return new History(
                classroom,
                after,
                epoch,
                number(answer, "seq"),
                answer.path("gap").asBoolean(),
                items);
    }

    private String alerts(String classroom) throws IOException, InterruptedException {
        StringBuilder alerts = new StringBuilder();
        String next = "";
        for (int page = 0; page < SNAPSHOT_PAGES && next != null; page++) {
            String after = next.isEmpty() ? "" : "&after=" + encoded(next);
            JsonNode answer = get(classroom, "alerts?status=active&limit=" + SNAPSHOT_PAGE + after);
            for (JsonNode item : answer.path("items")) {
                alerts.append(alerts.isEmpty() ? "" : ",").append(item);
            }
            next = answer.path("next").asText(null);
        }
        return "[" + alerts + "]";
    }

    private JsonNode get(String classroom, String what) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        dashboard.resolve("/api/classroom/" + encoded(classroom) + "/" + what))
                .timeout(ANSWER_LIMIT)
                .header("Authorization", token.bearer())
                .header("Accept", "application/json")
                .build();
        HttpResponse<byte[]> answer = http.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        if (answer.statusCode() != 200) {
            throw new IOException("dashboard-service answered " + answer.statusCode());
        }
        return EventJson.mapper().readTree(answer.body());
    }

    private static String text(JsonNode of, String field) throws IOException {
        JsonNode value = of.path(field);
        if (!value.isTextual()) {
            throw new IOException("dashboard-service answered without " + field);
        }
        return value.textValue();
    }

    private static long number(JsonNode of, String field) throws IOException {
        JsonNode value = of.path(field);
        if (!value.canConvertToLong()) {
            throw new IOException("dashboard-service answered without " + field);
        }
        return value.longValue();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
