package dev.homeroom.metrics.ws;

import dev.homeroom.metrics.core.stream.Ending;
import dev.homeroom.metrics.core.stream.Input;
import dev.homeroom.metrics.core.stream.Outgoing;
import dev.homeroom.metrics.stream.Frames;
import dev.homeroom.metrics.stream.Line;
import dev.homeroom.metrics.stream.StreamHub;
import dev.homeroom.metrics.stream.Viewers;
import dev.homeroom.platform.security.Roles;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnPongMessage;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The live stream of classrooms (R-T2). A client subscribes or resumes, and says what it received; everything else is the
 * hub's. A frame is read only when the hub has dealt with the one before, so no client can flood it.
 */
@WebSocket(path = "/ws/classrooms")
@RolesAllowed({Roles.TEACHER, Roles.OPERATOR})
public class ClassroomsSocket {
    private static final Logger LOG = Logger.getLogger(ClassroomsSocket.class);
    private static final TypedKey<Long> ID = TypedKey.forLong("stream");

    private final StreamHub hub;
    private final SecurityIdentity identity;

    /** Takes the hub, and whose connection it is. */
    @Inject
    public ClassroomsSocket(StreamHub hub, SecurityIdentity identity) {
        this.hub = hub;
        this.identity = identity;
    }

    /** A client is there. */
    @OnOpen
    public Uni<Void> open(WebSocketConnection connection) {
        long id = hub.open(Viewers.of(identity, true), new Socket(connection));
        connection.userData().put(ID, id);
        return Uni.createFrom().voidItem();
    }

    /** A client says something. */
    @OnTextMessage
    public Uni<Void> text(String text, WebSocketConnection connection) {
        Long id = connection.userData().get(ID);
        return id == null ? Uni.createFrom().voidItem() : take(FrameReader.read(id, text));
    }

    /** A client says something that is no text. */
    @OnBinaryMessage
    public Uni<Void> binary(Buffer ignored, WebSocketConnection connection) {
        Long id = connection.userData().get(ID);
        return id == null ? Uni.createFrom().voidItem() : take(FrameReader.malformed(id));
    }

    /** A client answers a ping. */
    @OnPongMessage
    public Uni<Void> pong(Buffer ignored, WebSocketConnection connection) {
        Long id = connection.userData().get(ID);
        return id == null ? Uni.createFrom().voidItem() : take(new Input.Heard(id));
    }

    /** A client is gone. */
    @OnClose
    public Uni<Void> closed(WebSocketConnection connection) {
        @Nullable Long id = connection.userData().remove(ID);
        if (id != null) {
            hub.closed(id);
        }
        return Uni.createFrom().voidItem();
    }

    /** The connection broke, or a frame was larger than any of ours: what follows cannot be trusted to be whole. */
    @OnError
    public Uni<Void> broken(Throwable failure, WebSocketConnection connection) {
        LOG.debugf("Stream %s broke: %s", connection.id(), failure);
        return connection
                .close(new CloseReason(Ending.BAD_FRAMES.code(), Ending.BAD_FRAMES.reason()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> take(Input input) {
        return Uni.createFrom().completionStage(hub.frame(input));
    }

    private record Socket(WebSocketConnection connection) implements Line {
        @Override
        public CompletionStage<Void> send(Outgoing frame) {
            return connection.sendText(Frames.text(frame)).subscribeAsCompletionStage();
        }

        @Override
        public void close(Ending why) {
            connection
                    .close(new CloseReason(why.code(), why.reason()))
                    .subscribe()
                    .with(_ -> {}, failure -> LOG.debugf("Closing failed: %s", failure));
        }
    }
}
