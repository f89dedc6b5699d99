package dev.homeroom.local.gateway;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** One answer about all services: 200 when every one is ready, else 503. Open: it holds no data. */
final class Health {
    private static final long LIMIT_MILLIS = 3000;

    private final HttpClient client;
    private final ToIntFunction<Owner> port;

    Health(HttpClient client, ToIntFunction<Owner> port) {
        this.client = client;
        this.port = port;
    }

    Future<Void> answer(HttpServerRequest request) {
        Map<Owner, Future<Boolean>> checks = new EnumMap<>(Owner.class);
        for (Owner owner : Owner.values()) {
            checks.put(owner, check(owner));
        }
        return Future.join(List.copyOf(checks.values())).compose(done -> {
            JsonObject services = new JsonObject();
            checks.forEach((owner, up) -> services.put(owner.id(), up.result() ? "UP" : "DOWN"));
            boolean all = checks.values().stream().allMatch(Future::result);
            return request.response()
                    .setStatusCode(all ? 200 : 503)
                    .putHeader("content-type", "application/json")
                    .end(new JsonObject()
                            .put("status", all ? "UP" : "DOWN")
                            .put("services", services)
                            .toBuffer());
        });
    }

    private Future<Boolean> check(Owner owner) {
        RequestOptions options =
                Gateway.to(port.applyAsInt(owner), "/q/health/ready").setTimeout(LIMIT_MILLIS);
        return client.request(options)
                .compose(request -> request.send())
                .compose(Health::drained)
                .otherwise(false);
    }

    private static Future<Boolean> drained(HttpClientResponse response) {
        return response.body().map(body -> response.statusCode() == 200);
    }
}
