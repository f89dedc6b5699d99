package dev.homeroom.queue.http;

import static dev.homeroom.queue.http.Api.PROBLEM;
import static dev.homeroom.queue.http.Api.as;
import static dev.homeroom.queue.http.Api.claim;
import static dev.homeroom.queue.http.Api.enqueued;
import static dev.homeroom.queue.http.Api.unique;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is posted to {@code /api/tasks}, it is answered or refused, never a defect. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
@QuarkusTestResource(FakeCoordinatorResource.class)
class FuzzHttpTest {
    private static final int REQUESTS = 150;

    /** Values that have been somebody's trouble; none makes a claim wait. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1",
            "2147483648",
            "9223372036854775808",
            "1e400",
            "-0.0",
            "1e999999999",
            "0.1",
            "123456789012345678901234567890",
            "\"\"",
            "\" \"",
            "\"x\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\u202e\"",
            "\"😀\"",
            "\"%s\"",
            "\"'; DROP TABLE queue.task; --\"",
            "\"{\\\"a\\\"\"",
            "\"\\\\\"",
            "\"PT0S\"",
            "\"PT-1S\"",
            "\"-PT1S\"",
            "\"P1D\"",
            "\"P99999999999999D\"",
            "\"PT9223372036854775807S\"",
            "\"2099-01-01T00:00:00Z\"",
            "\"-999999999-01-01T00:00:00Z\"",
            "\"+999999999-12-31T23:59:59.999999999Z\"",
            "\"2026-02-30T00:00:00Z\"",
            "\"infinity\"",
            "[]",
            "[null]",
            "[[]]",
            "[\"a\",\"a\",\"a\"]",
            "[\"{\",\"}\",\"\\\"\",\",\"]",
            "{}",
            "{\"a\":{\"a\":{}}}",
            "{\"\":null}",
            "{\"a\":1,\"a\":2}",
            "NaN",
            "\"00000000-0000-0000-0000-000000000000\"",
            "[\"00000000-0000-0000-0000-000000000000\"]");

    private static final Map<String, List<String>> FIELDS = Map.ofEntries(
            Map.entry(
                    "",
                    List.of(
                            "type",
                            "payload",
                            "idempotencyKey",
                            "priority",
                            "lesson",
                            "delay",
                            "runAt",
                            "maxAttempts",
                            "limits",
                            "capabilities",
                            "resolver",
                            "deadline")),
            Map.entry(
                    "/claim",
                    List.of("session", "incarnation", "count", "types", "lesson", "ttl", "seq", "unanswered")),
            Map.entry("/ID/claim", List.of("session", "incarnation", "ttl", "seq", "unanswered")),
            Map.entry("/ID/renew", List.of("session", "token", "ttl")),
            Map.entry("/ID/complete", List.of("session", "token", "result")),
            Map.entry("/ID/skip", List.of("session", "token", "reason")),
            Map.entry("/ID/fail", List.of("session", "token", "reason", "retryable", "retryAfter")),
            Map.entry("/ID/release", List.of("session", "token")),
            Map.entry("/ID/snooze", List.of("session", "token", "delay")),
            Map.entry("/ID/cancel", List.of("session", "token", "reason")),
            Map.entry("/ID/retry", List.of("delay", "deadline", "reason")),
            Map.entry(
                    "/retry-failed",
                    List.of(
                            "ids",
                            "type",
                            "lesson",
                            "failedAfter",
                            "failedBefore",
                            "error",
                            "all",
                            "limit",
                            "after",
                            "delay",
                            "deadline",
                            "reason")));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    @DisplayName("R-Q1: random bodies never break anything")
    void randomBodies(long seed) {
        var random = new Random(seed);
        var paths = FIELDS.keySet().stream().sorted().toList();
        for (int i = 0; i < REQUESTS; i++) {
            String path = paths.get(random.nextInt(paths.size()));
            String id = "00000000-0000-7000-8000-000000000000";
            var good = new LinkedHashMap<>(
                    Map.of("session", "\"s-1\"", "incarnation", "1", "type", "\"fuzz\"", "delay", "\"PT1H\""));
            if (path.startsWith("/ID") && random.nextInt(3) > 0) {
                String type = unique();
                id = enqueued(type);
                good.put("token", Long.toString(path.endsWith("/claim") ? 0 : claim(type)));
            }
            var body = body(Objects.requireNonNull(FIELDS.get(path)), good, random);
            boolean batch = path.isEmpty() && random.nextBoolean();
            String media = batch && random.nextBoolean() ? "application/x-ndjson" : "application/json";
            String url = "/api/tasks" + (batch ? "/batch" : path.replace("ID", id));
            byte[] sent = broken(batch && media.endsWith("/json") ? "[" + body + "]" : body, random);
            var response = as("agent").contentType(media).body(sent).post(url);
            assertThat(response.statusCode())
                    .as("seed %d: POST %s %s: %s", seed, url, new String(sent, UTF_8), response.asString())
                    .isLessThan(500);
            if (response.statusCode() >= 400) {
                assertThat(response.contentType()).startsWith(PROBLEM);
            }
        }
    }

    private static String body(List<String> fields, Map<String, String> good, Random random) {
        var body = new ArrayList<String>();
        for (String field : fields) {
            String value = good.get(field);
            if (value == null || random.nextInt(4) == 0) {
                value = VALUES.get(random.nextInt(VALUES.size()));
            }
            if (good.containsKey(field) ? random.nextInt(12) > 0 : random.nextInt(3) == 0) {
                body.add("\"" + field + "\":" + value);
            }
        }
        if (random.nextInt(15) == 0) {
            body.add("\"colour\":1");
        }
        return body.stream().collect(Collectors.joining(",", "{", "}"));
    }

    /** Now and then cut off, or with a byte changed. */
    private static byte[] broken(String body, Random random) {
        byte[] bytes = body.getBytes(UTF_8);
        switch (random.nextInt(12)) {
            case 0 -> {
                return java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            }
            case 1 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            default -> {}
        }
        return bytes;
    }
}
