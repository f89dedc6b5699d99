package dev.homeroom.queue.testing;

import dev.homeroom.coordinator.v1.Codebase;
import dev.homeroom.coordinator.v1.Grant;
import dev.homeroom.coordinator.v1.Limit;
import dev.homeroom.coordinator.v1.ListGrantsResponse;
import dev.homeroom.coordinator.v1.ListSessionsResponse;
import dev.homeroom.coordinator.v1.Session;
import dev.homeroom.queue.core.Holder;
import dev.homeroom.queue.core.insight.AgentSession;
import dev.homeroom.queue.core.insight.LimitUse;
import dev.homeroom.queue.core.insight.SessionPage;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sessions and limits as messages of the coordinator. */
final class FleetMessages {
    private FleetMessages() {}

    static ListSessionsResponse page(SessionPage page) {
        var message = ListSessionsResponse.newBuilder().setNext(text(page.next()));
        page.items().forEach(session -> message.addSessions(session(session)));
        return message.build();
    }

    static Session session(AgentSession session) {
        var who = session.who();
        return Session.newBuilder()
                .setId(who.session())
                .setIncarnation(who.incarnation())
                .setHost(text(who.host()))
                .setTty(text(who.tty()))
                .setCodebase(codebase(who))
                .setStatus(session.status())
                .addAllCapabilities(session.capabilities())
                .setTasks(session.tasks())
                .setMaxConcurrentTasks(session.most())
                .setHeartbeatAge(duration(Objects.requireNonNull(who.heartbeatAge())))
                .build();
    }

    static Limit limit(LimitUse use) {
        return Limit.newBuilder()
                .setKey(use.key())
                .setPermits(use.permits())
                .setUsed(use.used())
                .setAvailable(use.permits() - use.used())
                .setWaiting(use.waiting())
                .build();
    }

    /** The grants of a limit, and one of a limit whose name only begins like its key. */
    static ListGrantsResponse holders(LimitUse use) {
        var message = ListGrantsResponse.newBuilder();
        use.holders().forEach(holder -> message.addGrants(grant(use.key(), holder)));
        use.holders().forEach(holder -> message.addGrants(grant(use.key() + "/other", holder)));
        return message.build();
    }

    private static Grant grant(String key, Holder holder) {
        var message = dev.homeroom.coordinator.v1.Holder.newBuilder()
                .setSession(holder.session())
                .setIncarnation(holder.incarnation())
                .setHost(text(holder.host()))
                .setTty(text(holder.tty()))
                .setCodebase(codebase(holder))
                .setHeartbeatAge(duration(Objects.requireNonNull(holder.heartbeatAge())));
        return Grant.newBuilder()
                .setKind("limit")
                .setName(key)
                .setToken(1)
                .setHolder(message)
                .build();
    }

    private static Codebase codebase(Holder holder) {
        return Codebase.newBuilder()
                .setRepo(text(holder.repo()))
                .setBranch(text(holder.branch()))
                .setDirectory(text(holder.directory()))
                .build();
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static com.google.protobuf.Duration duration(Duration duration) {
        return com.google.protobuf.Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }
}
