package dev.homeroom.metrics.http;

import dev.homeroom.metrics.core.stream.Ending;
import dev.homeroom.metrics.core.stream.Outgoing;
import dev.homeroom.metrics.core.stream.Position;
import dev.homeroom.metrics.stream.Frames;
import dev.homeroom.metrics.stream.Line;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A stream of server-sent events as the hub writes to it. Sending is the hub's thread's alone. */
final class SseLine implements Line {
    private final Sse sse;
    private final MultiEmitter<? super OutboundSseEvent> emitter;
    private final EventPlaces places;
    private final Requests requests;

    /** @param places where the client stands; moves on with every event */
    SseLine(Sse sse, MultiEmitter<? super OutboundSseEvent> emitter, EventPlaces places, Requests requests) {
        this.sse = sse;
        this.emitter = emitter;
        this.places = places;
        this.requests = requests;
    }

    @Override
    public CompletionStage<Void> send(Outgoing frame) {
        var event = sse.newEventBuilder()
                .name(Frames.type(frame))
                .mediaType(MediaType.TEXT_PLAIN_TYPE)
                .data(String.class, Frames.text(frame));
        switch (frame) {
            case Outgoing.Hello(var classroom, var after) -> places.put(classroom, after);
            case Outgoing.Alert(var change) ->
                places.put(change.classroom(), new Position(change.epoch(), change.seq()));
            case Outgoing.Whole(var all) -> places.put(all.classroom(), new Position(all.epoch(), all.seq()));
            case Outgoing.Figures _, Outgoing.Gap _, Outgoing.Problem _ -> {
                // They move nothing.
            }
        }
        CompletionStage<Void> written = requests.sending();
        emitter.emit(event.id(places.id()).build());
        return written;
    }

    @Override
    public void close(Ending why) {
        emitter.complete();
    }

    /**
     * Tells from what the HTTP layer asks for how far it has written: it asks for one event, and for the next when that has
     * left. Thread-safe.
     */
    static final class Requests {
        private final Deque<CompletableFuture<Void>> unwritten = new ArrayDeque<>();
        private long asked;
        private long written;

        /** An event is handed in; completes when it has left. */
        synchronized CompletionStage<Void> sending() {
            CompletableFuture<Void> left = new CompletableFuture<>();
            unwritten.add(left);
            return left;
        }

        /** The HTTP layer asks for more. */
        void more(long count) {
            Deque<CompletableFuture<Void>> left = new ArrayDeque<>();
            synchronized (this) {
                asked = asked + count < 0 ? Long.MAX_VALUE : asked + count;
                while (!unwritten.isEmpty() && written < asked - 1) {
                    written++;
                    left.add(unwritten.removeFirst());
                }
            }
            left.forEach(each -> each.complete(null));
        }
    }
}
