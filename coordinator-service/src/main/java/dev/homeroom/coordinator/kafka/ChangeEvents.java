package dev.homeroom.coordinator.kafka;

import dev.homeroom.contracts.event.Event;
import dev.homeroom.contracts.event.EventType;
import dev.homeroom.contracts.grant.GrantChange;
import dev.homeroom.contracts.grant.GrantGap;
import dev.homeroom.contracts.session.Codebase;
import dev.homeroom.contracts.session.SessionChange;
import dev.homeroom.coordinator.core.Change;
import dev.homeroom.coordinator.core.Cursor;
import dev.homeroom.coordinator.core.EndReason;
import dev.homeroom.coordinator.core.Gap;
import dev.homeroom.coordinator.core.Profile;
import dev.homeroom.coordinator.core.Published;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The core's changes as the events of the contracts. The same change has the same id whoever publishes it, and however
 * often: {@code epoch:index:ordinal}.
 */
final class ChangeEvents {
    private static final String SOURCE = "/coordinator";

    private final String epoch;

    /** {@code epoch} names the history that the log indexes count in. */
    ChangeEvents(String epoch) {
        this.epoch = epoch;
    }

    Event<?> of(Published published) {
        return switch (published.change()) {
            case Change.OfSession change -> session(published.at(), change);
            case Change.OfGrant change -> grant(published.at(), change);
        };
    }

    /** A gap may widen until it is published, so its id has both ends. */
    Event<GrantGap> of(Gap gap, Instant now) {
        GrantGap data = new GrantGap(gap.from().index(), gap.to().index(), gap.dropped());
        String id = id(gap.from()) + ":" + gap.to().index() + ":" + gap.to().ordinal();
        return new Event<>(id, SOURCE, EventType.GRANT_GAP, "gap", now, data);
    }

    private Event<SessionChange> session(Cursor at, Change.OfSession change) {
        Profile profile = change.profile();
        Instant time = Instant.ofEpochMilli(change.wall());
        SessionChange data = new SessionChange(
                change.session(),
                change.incarnation(),
                status(change.reason()),
                reason(change.reason()),
                orNull(profile.name()),
                orNull(profile.host()),
                orNull(profile.tty()),
                codebase(profile.codebase()),
                orNull(profile.lesson()),
                time);
        return new Event<>(id(at), SOURCE, EventType.SESSION_CHANGED, change.session(), time, data);
    }

    private Event<GrantChange> grant(Cursor at, Change.OfGrant change) {
        EndReason end = change.reason();
        Instant time = Instant.ofEpochMilli(change.wall());
        GrantChange data = new GrantChange(
                change.kind().label(),
                change.name(),
                change.session(),
                change.incarnation(),
                change.holder(),
                change.token(),
                end == null ? "granted" : "ended",
                end == null ? "granted" : end.label(),
                Instant.ofEpochMilli(change.deadlineWall()),
                time,
                orNull(change.by()),
                orNull(change.why()));
        String subject = change.kind().label() + ":" + change.name();
        return new Event<>(id(at), SOURCE, EventType.GRANT_CHANGED, subject, time, data);
    }

    private String id(Cursor at) {
        return epoch + ":" + at.index() + ":" + at.ordinal();
    }

    private static String status(@Nullable EndReason reason) {
        if (reason == null) {
            return "active";
        }
        return reason == EndReason.SESSION_FAILED ? "failed" : "released";
    }

    private static String reason(@Nullable EndReason reason) {
        if (reason == null) {
            return "registered";
        }
        return reason == EndReason.SESSION_FAILED ? "lease-expired" : reason.label();
    }

    private static @Nullable Codebase codebase(dev.homeroom.coordinator.core.Codebase codebase) {
        return codebase.equals(dev.homeroom.coordinator.core.Codebase.NONE)
                ? null
                : new Codebase(orNull(codebase.repo()), orNull(codebase.branch()), orNull(codebase.directory()));
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
