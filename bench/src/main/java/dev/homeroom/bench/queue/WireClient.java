package dev.homeroom.bench.queue;

import dev.homeroom.bench.http.HttpLoad;
import dev.homeroom.bench.load.Step;
import dev.homeroom.queue.core.Owner;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;

/** Speaks HTTP with queue-service: HTTP/1.1, kept-alive connections. */
final class WireClient implements TaskClient {
    private final HttpLoad http;
    private final HomeroomSessions sessions;

    WireClient(HttpLoad http, HomeroomSessions sessions) {
        this.http = http;
        this.sessions = sessions;
    }

    @Override
    public CompletionStage<?> enqueue(int count) {
        if (count == 1) {
            return post("/api/tasks", task(new StringBuilder()));
        }
        StringBuilder array = new StringBuilder("[");
        for (int i = 0; i < count; i++) {
            task(i == 0 ? array : array.append(','));
        }
        return post("/api/tasks/batch", array.append(']')).thenAccept(body -> {
            if (body.toJsonObject().getInteger("accepted") != count) {
                throw new IllegalStateException(body.toString());
            }
        });
    }

    private static StringBuilder task(StringBuilder json) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return json.append("{\"type\":\"build\",\"idempotencyKey\":\"")
                .append(new UUID(random.nextLong(), random.nextLong()))
                .append("\",\"payload\":")
                .append(Payloads.of(System.nanoTime()))
                .append('}');
    }

    @Override
    public CompletionStage<List<Work>> claim(int session, int count, Duration patience) {
        Owner owner = sessions.owner(session);
        long seq = sessions.seq(session);
        StringBuilder json = new StringBuilder("{\"session\":\"")
                .append(owner.session())
                .append("\",\"incarnation\":")
                .append(owner.incarnation())
                .append(",\"count\":")
                .append(count)
                .append(",\"seq\":")
                .append(seq)
                .append(",\"unanswered\":")
                .append(seq);
        if (patience.isPositive()) {
            json.append(",\"wait\":\"").append(patience).append('"');
        }
        return post("/api/tasks/claim", json.append('}')).thenApply(WireClient::works);
    }

    private static List<Work> works(Buffer body) {
        List<Work> works = new ArrayList<>();
        for (Object one : body.toJsonObject().getJsonArray("tasks")) {
            JsonObject task = (JsonObject) one;
            works.add(new Work(
                    UUID.fromString(task.getString("id")),
                    task.getLong("token"),
                    Payloads.of(task.getJsonObject("payload").getLong("at"))));
        }
        return works;
    }

    @Override
    public CompletionStage<?> complete(int session, List<Work> works) {
        String name = sessions.owner(session).session();
        if (works.size() == 1) {
            Work work = works.getFirst();
            StringBuilder json = new StringBuilder("{\"session\":\"")
                    .append(name)
                    .append("\",\"token\":")
                    .append(work.token())
                    .append(",\"result\":{\"ok\":true}}");
            return post("/api/tasks/" + work.id() + "/complete", json);
        }
        StringBuilder json = new StringBuilder("{\"session\":\"").append(name).append("\",\"tasks\":[");
        for (int i = 0; i < works.size(); i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"id\":\"")
                    .append(works.get(i).id())
                    .append("\",\"token\":")
                    .append(works.get(i).token())
                    .append(",\"result\":{\"ok\":true}}");
        }
        return post("/api/tasks/complete", json.append("]}")).thenAccept(body -> {
            if (body.toJsonObject().getInteger("completed") != works.size()) {
                throw new IllegalStateException(body.toString());
            }
        });
    }

    private CompletionStage<Buffer> post(String path, StringBuilder json) {
        CompletableFuture<Buffer> answer = new CompletableFuture<>();
        http.post(path, Buffer.buffer(json.toString()), new Failing(answer), answer::complete);
        return answer;
    }

    private record Failing(CompletableFuture<Buffer> answer) implements Step.Done {
        @Override
        public void ok() {
            // The answer itself completes the future.
        }

        @Override
        public void failed(Throwable failure) {
            answer.completeExceptionally(failure);
        }

        @Override
        public void part() {
            // Nothing is measured here.
        }
    }
}
