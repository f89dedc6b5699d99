package dev.homeroom.bench.homeroom;

import dev.homeroom.bench.load.Channels;
import dev.homeroom.bench.load.Pipe;
import dev.homeroom.bench.load.Reply;
import dev.homeroom.bench.load.Step;
import dev.homeroom.coordinator.v1.CoordinatorGrpc;
import dev.homeroom.coordinator.v1.Heartbeat;
import dev.homeroom.coordinator.v1.HeartbeatResult;
import dev.homeroom.coordinator.v1.HeartbeatsRequest;
import dev.homeroom.coordinator.v1.HeartbeatsResponse;
import dev.homeroom.coordinator.v1.Session;
import java.util.ArrayList;
import java.util.List;

/** Heartbeats, one or many in a message; every caller speaks for sessions of its own. */
final class Heartbeats {
    private Heartbeats() {}

    /** Over keep-alive streams: callers share the streams evenly, so each stream has several messages under way. */
    static List<Pipe<HeartbeatsRequest, HeartbeatsResponse>> streams(Channels channels, int count) {
        List<Pipe<HeartbeatsRequest, HeartbeatsResponse>> streams = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            var stub = CoordinatorGrpc.newStub(channels.of(i));
            streams.add(new Pipe<>(stub::keepAlive, Heartbeats::allWell));
        }
        return streams;
    }

    static Step overStreams(
            List<Pipe<HeartbeatsRequest, HeartbeatsResponse>> streams, Agents agents, int callers, int batch) {
        List<HeartbeatsRequest> messages = messages(agents, callers, batch);
        return (caller, done) -> streams.get(caller % streams.size()).send(messages.get(caller), done);
    }

    /** One call a heartbeat. */
    static Step unary(Channels channels, Agents agents, int callers) {
        List<HeartbeatsRequest> messages = messages(agents, callers, 1);
        return (caller, done) -> CoordinatorGrpc.newStub(channels.of(caller))
                .heartbeat(messages.get(caller), new Reply<>(done, response -> {
                    if (allWell(response)) {
                        done.ok();
                    } else {
                        done.failed(new IllegalStateException("refused: " + response));
                    }
                }));
    }

    private static boolean allWell(HeartbeatsResponse response) {
        for (HeartbeatResult result : response.getResultsList()) {
            if (result.hasProblem()) {
                return false;
            }
        }
        return true;
    }

    static List<HeartbeatsRequest> messages(Agents agents, int callers, int batch) {
        List<HeartbeatsRequest> messages = new ArrayList<>();
        for (int caller = 0; caller < callers; caller++) {
            HeartbeatsRequest.Builder message = HeartbeatsRequest.newBuilder();
            for (int i = 0; i < batch; i++) {
                Session session = agents.get(caller * batch + i);
                message.addHeartbeats(
                        Heartbeat.newBuilder().setSession(session.getId()).setIncarnation(session.getIncarnation()));
            }
            messages.add(message.build());
        }
        return messages;
    }
}
