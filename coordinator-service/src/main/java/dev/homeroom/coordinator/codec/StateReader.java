package dev.homeroom.coordinator.codec;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Delay;
import dev.homeroom.coordinator.core.Extras;
import dev.homeroom.coordinator.core.Grant;
import dev.homeroom.coordinator.core.GrantKey;
import dev.homeroom.coordinator.core.Head;
import dev.homeroom.coordinator.core.Ledger;
import dev.homeroom.coordinator.core.Life;
import dev.homeroom.coordinator.core.Limit;
import dev.homeroom.coordinator.core.Notice;
import dev.homeroom.coordinator.core.Session;
import dev.homeroom.coordinator.core.Settled;
import dev.homeroom.coordinator.core.Waiter;
import dev.homeroom.coordinator.store.v1.StoredDelay;
import dev.homeroom.coordinator.store.v1.StoredGrant;
import dev.homeroom.coordinator.store.v1.StoredHead;
import dev.homeroom.coordinator.store.v1.StoredLimit;
import dev.homeroom.coordinator.store.v1.StoredRequest;
import dev.homeroom.coordinator.store.v1.StoredSession;
import dev.homeroom.coordinator.store.v1.StoredWaiter;
import java.util.List;

/** Rows of the state from what is stored. */
final class StateReader {
    private StateReader() {}

    static Head core(StoredHead stored) {
        return new Head(
                stored.getIndex(),
                stored.getTerm(),
                stored.getNanos(),
                stored.getWall(),
                stored.getToken(),
                stored.getIncarnation(),
                stored.getRequest(),
                Parts.core(stored.getCursor()),
                stored.hasGap() ? Parts.core(stored.getGap()) : null,
                Parts.core(stored.getSettings()),
                stored.getEpoch(),
                stored.getTicket());
    }

    static Session core(StoredSession stored) {
        Life life = new Life(
                stored.getDeadline(),
                stored.getCheckAt(),
                stored.getHeartbeatAt(),
                stored.getActivityAt(),
                stored.getBeaten());
        return new Session(
                stored.getId(),
                stored.getIncarnation(),
                stored.getInstance(),
                List.copyOf(stored.getFormerList()),
                Parts.core(stored.getProfile()),
                stored.getLease(),
                stored.getHeartbeat(),
                stored.getRegisteredAt(),
                stored.getRegisteredWall(),
                life,
                ledger(stored),
                stored.getNoticesList().stream()
                        .map(notice -> new Notice(notice.getAt(), AnswerReader.revocation(notice.getRevocation())))
                        .toList(),
                0,
                0,
                Constants.core(stored.getEnded()),
                stored.getEndedAt(),
                Standing.core(stored.getTally()),
                stored.getAssignedList().stream()
                        .map(one -> new Answer.Assignment(one.getTask(), one.getToken()))
                        .toList());
    }

    private static Ledger ledger(StoredSession stored) {
        return new Ledger(
                stored.getUnanswered(),
                stored.getKeptList().stream()
                        .map(kept -> new Ledger.Kept(kept.getSeq(), kept.getAt(), AnswerReader.core(kept.getAnswer())))
                        .toList());
    }

    static Limit core(StoredLimit stored) {
        return new Limit(stored.getKey(), stored.getPermits(), 0);
    }

    static Grant core(StoredGrant stored) {
        GrantKey key = new GrantKey(
                Constants.core(stored.getKind()), stored.getName(), stored.getSession(), stored.getHolder());
        return new Grant(
                key,
                stored.getIncarnation(),
                stored.getToken(),
                stored.getSince(),
                stored.getSinceWall(),
                stored.getTtl(),
                stored.getDeadline(),
                stored.getCheckAt(),
                List.copyOf(stored.getLimitsList()),
                stored.hasExtras() ? WaitRows.core(stored.getExtras()) : Extras.NONE);
    }

    static Waiter core(StoredWaiter stored) {
        return WaitRows.core(stored);
    }

    static Delay core(StoredDelay stored) {
        return WaitRows.core(stored);
    }

    static Settled core(StoredRequest stored) {
        return new Settled(
                stored.getRequestId(),
                stored.getNumber(),
                stored.getAt(),
                CommandReader.core(stored.getCommand()),
                AnswerReader.core(stored.getAnswer()));
    }
}
