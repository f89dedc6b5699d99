package dev.homeroom.metrics.http;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.metrics.core.stream.Input;
import dev.homeroom.metrics.core.stream.Viewer;
import dev.homeroom.metrics.edge.Text;
import dev.homeroom.metrics.stream.StreamHub;
import dev.homeroom.metrics.stream.StreamSettings;
import dev.homeroom.metrics.stream.Viewers;
import dev.homeroom.platform.problem.ProblemException;
import dev.homeroom.platform.security.ClassroomScope;
import dev.homeroom.platform.security.Roles;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The stream of classrooms for clients without WebSocket (R-T2). Read it by fetch, which can send the token; the same
 * frames, each as an event named after its type. Nothing is acknowledged here: a client comes back with the id of the last
 * event it has, in {@code Last-Event-ID}.
 */
@Path("/stream/classrooms")
public class StreamResource {
    private static final int LONGEST_CLASSROOM = 200;

    private final StreamHub hub;
    private final StreamSettings settings;
    private final SecurityIdentity identity;
    private final ClassroomScope scope;

    /** Takes the hub, and whose request it is. */
    @Inject
    public StreamResource(StreamHub hub, StreamSettings settings, SecurityIdentity identity, ClassroomScope scope) {
        this.hub = hub;
        this.settings = settings;
        this.identity = identity;
        this.scope = scope;
    }

    /** The events of these classrooms: {@code ?id=c1&id=c2}. */
    @GET
    @RolesAllowed({Roles.TEACHER, Roles.OPERATOR})
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> stream(
            @QueryParam("id") @Nullable List<String> ids,
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
            Sse sse) {
        Set<String> classrooms = classrooms(ids == null ? List.of() : ids);
        EventPlaces places = EventPlaces.read(lastEventId);
        Viewer viewer = Viewers.of(identity, false);
        var requests = new SseLine.Requests();
        return Multi.createFrom()
                .<OutboundSseEvent>emitter(
                        emitter -> open(viewer, classrooms, places, sse, emitter, requests),
                        BackPressureStrategy.BUFFER)
                .onRequest()
                .invoke(requests::more);
    }

    private void open(
            Viewer viewer,
            Set<String> classrooms,
            EventPlaces places,
            Sse sse,
            MultiEmitter<? super OutboundSseEvent> emitter,
            SseLine.Requests requests) {
        long id = hub.open(viewer, new SseLine(sse, emitter, places, requests));
        emitter.onTermination(() -> hub.closed(id));
        for (String classroom : classrooms) {
            var _ = hub.frame(new Input.Resume(id, null, classroom, places.of(classroom)));
        }
    }

    private Set<String> classrooms(List<String> ids) {
        Set<String> classrooms = new LinkedHashSet<>(ids);
        if (classrooms.isEmpty() || classrooms.size() > settings.classrooms()) {
            throw new ProblemException(ProblemType.INVALID, "id: give 1 to " + settings.classrooms() + " classrooms.");
        }
        for (String classroom : classrooms) {
            String fault = Text.fault(classroom, LONGEST_CLASSROOM);
            if (fault != null) {
                throw new ProblemException(ProblemType.INVALID, "id: " + fault + ".");
            }
            scope.require(classroom);
        }
        return classrooms;
    }
}
