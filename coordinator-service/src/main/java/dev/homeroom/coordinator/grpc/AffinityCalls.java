package dev.homeroom.coordinator.grpc;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.desk.Caller;
import dev.homeroom.coordinator.desk.Hours;
import dev.homeroom.coordinator.v1.Affinity;
import dev.homeroom.coordinator.v1.DeleteAffinityRequest;
import dev.homeroom.coordinator.v1.DeleteAffinityResponse;
import dev.homeroom.coordinator.v1.GetAffinityRequest;
import dev.homeroom.coordinator.v1.ListAffinitiesRequest;
import dev.homeroom.coordinator.v1.ListAffinitiesResponse;
import dev.homeroom.coordinator.v1.PutAffinityRequest;
import dev.homeroom.coordinator.v1.Window;
import io.grpc.stub.StreamObserver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Calls about affinities. */
@ApplicationScoped
public class AffinityCalls {
    private final Calls calls;

    /** Over the front desk. */
    @Inject
    public AffinityCalls(Calls calls) {
        this.calls = calls;
    }

    void put(PutAffinityRequest request, StreamObserver<Affinity> out) {
        calls.once(
                out,
                request.getRequestId(),
                caller -> new Command.PutAffinity(affinity(request, caller)),
                Answer.OneAffinity.class,
                answer -> affinity(answer).build());
    }

    private static dev.homeroom.coordinator.core.Affinity affinity(PutAffinityRequest request, Caller caller) {
        Affinity affinity = request.getAffinity();
        return new dev.homeroom.coordinator.core.Affinity(
                affinity.getId().isEmpty() ? caller.makeId(request.getRequestId()) : affinity.getId(),
                affinity.getSession(),
                affinity.getLesson(),
                affinity.getWindowsList().stream()
                        .map(window ->
                                Hours.window(window.getDaysList(), window.getFrom(), window.getTo(), window.getZone()))
                        .toList(),
                affinity.getWeight());
    }

    void get(GetAffinityRequest request, StreamObserver<Affinity> out) {
        calls.read(
                out,
                request.getStale(),
                caller -> new Command.GetAffinity(request.getId()),
                Answer.OneAffinity.class,
                (answer, staleness) -> {
                    Affinity.Builder affinity = affinity(answer);
                    if (staleness != null) {
                        affinity.setStaleness(staleness);
                    }
                    return affinity.build();
                });
    }

    void list(ListAffinitiesRequest request, StreamObserver<ListAffinitiesResponse> out) {
        calls.read(
                out,
                request.getStale(),
                caller -> new Command.ListAffinities(
                        request.getSession(), request.getAfter(), Commands.limit(request.getLimit())),
                Answer.AffinityPage.class,
                (page, staleness) -> {
                    var response = ListAffinitiesResponse.newBuilder();
                    page.affinities().forEach(affinity -> response.addAffinities(affinity(affinity)));
                    if (page.next() != null) {
                        response.setNext(page.next());
                    }
                    if (staleness != null) {
                        response.setStaleness(staleness);
                    }
                    return response.build();
                });
    }

    void delete(DeleteAffinityRequest request, StreamObserver<DeleteAffinityResponse> out) {
        calls.once(
                out,
                request.getRequestId(),
                caller -> new Command.DeleteAffinity(request.getId()),
                Answer.Done.class,
                answer -> DeleteAffinityResponse.getDefaultInstance());
    }

    private static Affinity.Builder affinity(Answer.OneAffinity answer) {
        var affinity = answer.affinity();
        Affinity.Builder message = Affinity.newBuilder()
                .setId(affinity.id())
                .setSession(affinity.session())
                .setLesson(affinity.lesson())
                .setWeight(affinity.weight())
                .setOpen(answer.open());
        affinity.windows()
                .forEach(window -> message.addWindows(Window.newBuilder()
                        .addAllDays(Hours.days(window))
                        .setFrom(Hours.time(window.fromMinute()))
                        .setTo(Hours.time(window.toMinute()))
                        .setZone(window.zone())));
        return message;
    }
}
