package dev.homeroom.local.gateway;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;
import java.util.Map;

/**
 * Carries a WebSocket through: the handshake goes to the service as it is, then the two sockets are piped into each other.
 * The proxy library could do it too, but without back-pressure: a slow page would fill our memory, and the service would
 * never learn that it is slow.
 */
final class WebSocketTunnel {
    private final HttpClient client;

    WebSocketTunnel(HttpClient client) {
        this.client = client;
    }

    static boolean isUpgrade(HttpServerRequest request) {
        return request.method().equals(HttpMethod.GET) && "websocket".equalsIgnoreCase(request.getHeader("upgrade"));
    }

    /** Succeeds when the tunnel stands or the service's refusal was passed on; fails when it cannot be reached. */
    Future<Void> open(HttpServerRequest request, RequestOptions target) {
        request.pause();
        return client.request(target)
                .compose(upstream -> handshake(request, upstream))
                .compose(answer -> answer.statusCode() == 101 ? connect(request, answer) : refuse(request, answer));
    }

    private static Future<HttpClientResponse> handshake(HttpServerRequest request, HttpClientRequest upstream) {
        if (request.authority() != null) {
            upstream.authority(request.authority());
        }
        for (Map.Entry<String, String> header : request.headers()) {
            if (!header.getKey().equalsIgnoreCase("host")) {
                upstream.headers().add(header.getKey(), header.getValue());
            }
        }
        // Firefox sends "keep-alive, Upgrade"; the client library only upgrades on the plain word.
        upstream.headers().set("connection", "Upgrade");
        Forwarding.apply(request, upstream.headers());
        return upstream.connect();
    }

    private static Future<Void> connect(HttpServerRequest request, HttpClientResponse answer) {
        request.response().setStatusCode(101);
        request.response().headers().addAll(answer.headers());
        NetSocket service = answer.netSocket();
        service.pause();
        Future<NetSocket> socket = request.toNetSocket();
        request.resume();
        return socket.map(page -> {
                    page.pause();
                    pipe(page, service);
                    pipe(service, page);
                    return page;
                })
                .onFailure(e -> service.close())
                .mapEmpty();
    }

    private static void pipe(NetSocket from, NetSocket to) {
        from.pipeTo(to).onComplete(done -> to.close());
    }

    private static Future<Void> refuse(HttpServerRequest request, HttpClientResponse answer) {
        return answer.body().compose(body -> {
            request.response().setStatusCode(answer.statusCode());
            String type = answer.getHeader("content-type");
            if (type != null) {
                request.response().putHeader("content-type", type);
            }
            request.resume();
            return request.response().end(body);
        });
    }
}
