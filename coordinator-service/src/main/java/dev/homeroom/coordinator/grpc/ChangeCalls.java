package dev.homeroom.coordinator.grpc;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Bounds;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.EndReason;
import dev.homeroom.coordinator.core.Profile;
import dev.homeroom.coordinator.core.Published;
import dev.homeroom.coordinator.desk.FrontDesk;
import dev.homeroom.coordinator.desk.Interest;
import dev.homeroom.coordinator.desk.Named;
import dev.homeroom.coordinator.desk.Places;
import dev.homeroom.coordinator.desk.Watch;
import dev.homeroom.coordinator.desk.WatchEvent;
import dev.homeroom.coordinator.v1.Begun;
import dev.homeroom.coordinator.v1.Change;
import dev.homeroom.coordinator.v1.Gap;
import dev.homeroom.coordinator.v1.GrantChange;
import dev.homeroom.coordinator.v1.MaintainRequest;
import dev.homeroom.coordinator.v1.MaintainResponse;
import dev.homeroom.coordinator.v1.ReadAuditRequest;
import dev.homeroom.coordinator.v1.ReadAuditResponse;
import dev.homeroom.coordinator.v1.SessionChange;
import dev.homeroom.coordinator.v1.WatchRequest;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Calls about what happened. */
@ApplicationScoped
public class ChangeCalls {
    private final Calls calls;
    private final FrontDesk desk;

    /** Over the front desk. */
    @Inject
    public ChangeCalls(Calls calls, FrontDesk desk) {
        this.calls = calls;
        this.desk = desk;
    }

    void audit(ReadAuditRequest request, StreamObserver<ReadAuditResponse> out) {
        calls.read(
                out,
                request.getStale(),
                caller -> new Command.ReadAudit(
                        request.getKind().isEmpty() ? null : Named.kind(request.getKind()),
                        request.getName(),
                        request.getSession(),
                        Places.place(request.getBefore()),
                        Commands.limit(request.getLimit())),
                Answer.AuditPage.class,
                (page, staleness) -> {
                    var response = ReadAuditResponse.newBuilder();
                    page.changes().forEach(change -> response.addChanges(change(change)));
                    if (page.next() != null) {
                        response.setNext(Places.text(page.next()));
                    }
                    if (staleness != null) {
                        response.setStaleness(staleness);
                    }
                    return response.build();
                });
    }

    void maintain(MaintainRequest request, StreamObserver<MaintainResponse> out) {
        calls.ask(
                out,
                caller -> new Command.Maintain(request.getMax() == 0 ? Bounds.EXPIRE : request.getMax()),
                Answer.Expired.class,
                answer -> MaintainResponse.newBuilder()
                        .setSessions(answer.sessions())
                        .setGrants(answer.grants())
                        .setMore(answer.more())
                        .build());
    }

    void watch(WatchRequest request, StreamObserver<dev.homeroom.coordinator.v1.WatchEvent> out) {
        if (!(out instanceof ServerCallStreamObserver<dev.homeroom.coordinator.v1.WatchEvent> call)) {
            throw new IllegalStateException("not the server's side of a call");
        }
        Feed feed = new Feed(call);
        call.setOnReadyHandler(feed::pump);
        Doorkeeper.whenOver(feed::close);
        try {
            feed.begin(desk.watch(
                    Interest.of(request.getKind(), request.getNamePrefix(), request.getSession()),
                    Places.place(request.getAfter()),
                    feed::pump));
        } catch (RuntimeException e) {
            out.onError(Problems.status(e));
        }
    }

    /** Sends events as fast as the client takes them. */
    private static final class Feed {
        private final ServerCallStreamObserver<dev.homeroom.coordinator.v1.WatchEvent> call;
        private final AtomicReference<@Nullable Watch> watch = new AtomicReference<>();
        private boolean over;

        Feed(ServerCallStreamObserver<dev.homeroom.coordinator.v1.WatchEvent> call) {
            this.call = call;
        }

        void begin(Watch begun) {
            watch.set(begun);
            if (call.isCancelled()) {
                close();
            } else {
                pump();
            }
        }

        synchronized void pump() {
            Watch source = watch.get();
            if (source == null || over) {
                return;
            }
            WatchEvent event = call.isReady() ? source.poll() : null;
            while (event != null) {
                call.onNext(message(event));
                event = call.isReady() ? source.poll() : null;
            }
            if (source.overrun()) {
                over = true;
                source.close();
                call.onError(Problems.status(
                        ProblemType.OVERLOADED,
                        "Changes were taken too slowly; watch again from the last cursor, and expect a gap."));
            }
        }

        void close() {
            Watch source = watch.get();
            if (source != null) {
                source.close();
            }
        }
    }

    private static dev.homeroom.coordinator.v1.WatchEvent message(WatchEvent event) {
        var message = dev.homeroom.coordinator.v1.WatchEvent.newBuilder();
        switch (event) {
            case WatchEvent.Begun begun -> message.setBegun(Begun.newBuilder().setCursor(Places.text(begun.at())));
            case WatchEvent.Changed changed -> message.setChange(change(changed.change()));
            case WatchEvent.Missed missed -> message.setGap(Gap.newBuilder().setResume(Places.text(missed.resume())));
        }
        return message.build();
    }

    private static Change change(Published published) {
        Change.Builder change = Change.newBuilder()
                .setCursor(Places.text(published.at()))
                .setAt(Times.timestamp(published.change().wall()));
        switch (published.change()) {
            case dev.homeroom.coordinator.core.Change.OfSession session -> change.setSession(session(session));
            case dev.homeroom.coordinator.core.Change.OfGrant grant -> change.setGrant(grant(grant));
        }
        return change.build();
    }

    private static SessionChange session(dev.homeroom.coordinator.core.Change.OfSession change) {
        Profile profile = change.profile();
        return SessionChange.newBuilder()
                .setSession(change.session())
                .setIncarnation(change.incarnation())
                .setReason(label(change.reason()))
                .setName(profile.name())
                .setHost(profile.host())
                .setTty(profile.tty())
                .setCodebase(Messages.codebase(profile.codebase()))
                .build();
    }

    private static GrantChange grant(dev.homeroom.coordinator.core.Change.OfGrant change) {
        return GrantChange.newBuilder()
                .setKind(change.kind().label())
                .setName(change.name())
                .setSession(change.session())
                .setIncarnation(change.incarnation())
                .setHolder(change.holder())
                .setToken(change.token())
                .setReason(label(change.reason()))
                .setDeadline(Times.timestamp(change.deadlineWall()))
                .setBy(change.by())
                .setWhy(change.why())
                .build();
    }

    private static String label(@Nullable EndReason reason) {
        return reason == null ? "" : reason.label();
    }
}
