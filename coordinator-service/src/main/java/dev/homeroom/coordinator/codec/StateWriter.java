package dev.homeroom.coordinator.codec;

import dev.homeroom.coordinator.core.Delay;
import dev.homeroom.coordinator.core.Extras;
import dev.homeroom.coordinator.core.Grant;
import dev.homeroom.coordinator.core.Head;
import dev.homeroom.coordinator.core.Ledger;
import dev.homeroom.coordinator.core.Limit;
import dev.homeroom.coordinator.core.Notice;
import dev.homeroom.coordinator.core.Session;
import dev.homeroom.coordinator.core.Settled;
import dev.homeroom.coordinator.core.Waiter;
import dev.homeroom.coordinator.store.v1.StoredDelay;
import dev.homeroom.coordinator.store.v1.StoredGrant;
import dev.homeroom.coordinator.store.v1.StoredHead;
import dev.homeroom.coordinator.store.v1.StoredKept;
import dev.homeroom.coordinator.store.v1.StoredLimit;
import dev.homeroom.coordinator.store.v1.StoredNotice;
import dev.homeroom.coordinator.store.v1.StoredRequest;
import dev.homeroom.coordinator.store.v1.StoredSession;
import dev.homeroom.coordinator.store.v1.StoredWaiter;

/** Rows of the state as they are stored. */
final class StateWriter {
    private StateWriter() {}

    static StoredHead stored(Head head, int format) {
        StoredHead.Builder stored = StoredHead.newBuilder()
                .setFormat(format)
                .setIndex(head.index())
                .setTerm(head.term())
                .setNanos(head.nanos())
                .setWall(head.wall())
                .setToken(head.token())
                .setIncarnation(head.incarnation())
                .setRequest(head.request())
                .setEpoch(head.epoch())
                .setTicket(head.ticket())
                .setCursor(Parts.stored(head.cursor()))
                .setSettings(Parts.stored(head.settings()));
        if (head.gap() != null) {
            stored.setGap(Parts.stored(head.gap()));
        }
        return stored.build();
    }

    static StoredSession stored(Session session) {
        return StoredSession.newBuilder()
                .setId(session.id())
                .setIncarnation(session.incarnation())
                .setInstance(session.instance())
                .addAllFormer(session.former())
                .setProfile(Parts.stored(session.profile()))
                .setLease(session.lease())
                .setHeartbeat(session.heartbeat())
                .setRegisteredAt(session.registeredAt())
                .setRegisteredWall(session.registeredWall())
                .setDeadline(session.life().deadline())
                .setCheckAt(session.life().checkAt())
                .setHeartbeatAt(session.life().heartbeatAt())
                .setActivityAt(session.life().activityAt())
                .setBeaten(session.life().beaten())
                .setUnanswered(session.ledger().unanswered())
                .addAllKept(session.ledger().kept().stream()
                        .map(StateWriter::stored)
                        .toList())
                .addAllNotices(
                        session.notices().stream().map(StateWriter::stored).toList())
                .setEnded(Constants.stored(session.ended()))
                .setEndedAt(session.endedAt())
                .setTally(Standing.stored(session.tally()))
                .addAllAssigned(session.assigned().stream()
                        .map(AnswerWriter::assignment)
                        .toList())
                .build();
    }

    private static StoredKept stored(Ledger.Kept kept) {
        return StoredKept.newBuilder()
                .setSeq(kept.seq())
                .setAt(kept.at())
                .setAnswer(AnswerWriter.stored(kept.answer()))
                .build();
    }

    private static StoredNotice stored(Notice notice) {
        return StoredNotice.newBuilder()
                .setAt(notice.at())
                .setRevocation(AnswerWriter.revocation(notice.revocation()))
                .build();
    }

    static StoredLimit stored(Limit limit) {
        return StoredLimit.newBuilder()
                .setKey(limit.key())
                .setPermits(limit.permits())
                .build();
    }

    static StoredGrant stored(Grant grant) {
        StoredGrant.Builder stored = StoredGrant.newBuilder()
                .setKind(Constants.stored(grant.key().kind()))
                .setName(grant.key().name())
                .setSession(grant.key().session())
                .setHolder(grant.key().holder())
                .setIncarnation(grant.incarnation())
                .setToken(grant.token())
                .setSince(grant.since())
                .setSinceWall(grant.sinceWall())
                .setTtl(grant.ttl())
                .setDeadline(grant.deadline())
                .setCheckAt(grant.checkAt())
                .addAllLimits(grant.limits());
        if (!grant.extras().equals(Extras.NONE)) {
            stored.setExtras(WaitRows.stored(grant.extras()));
        }
        return stored.build();
    }

    static StoredWaiter stored(Waiter waiter) {
        return WaitRows.stored(waiter);
    }

    static StoredDelay stored(Delay delay) {
        return WaitRows.stored(delay);
    }

    static StoredRequest stored(Settled request) {
        return StoredRequest.newBuilder()
                .setRequestId(request.requestId())
                .setNumber(request.number())
                .setAt(request.at())
                .setCommand(CommandWriter.stored(request.command()))
                .setAnswer(AnswerWriter.stored(request.answer()))
                .build();
    }
}
