package dev.homeroom.coordinator.codec;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.GrantView;
import dev.homeroom.coordinator.core.Holder;
import dev.homeroom.coordinator.core.Rejection;
import dev.homeroom.coordinator.core.SessionView;
import dev.homeroom.coordinator.store.v1.StoredAnswer;
import dev.homeroom.coordinator.store.v1.StoredBacklog;
import dev.homeroom.coordinator.store.v1.StoredBeat;
import dev.homeroom.coordinator.store.v1.StoredExpired;
import dev.homeroom.coordinator.store.v1.StoredGrantPage;
import dev.homeroom.coordinator.store.v1.StoredGrantView;
import dev.homeroom.coordinator.store.v1.StoredHolder;
import dev.homeroom.coordinator.store.v1.StoredRejection;
import dev.homeroom.coordinator.store.v1.StoredResource;
import dev.homeroom.coordinator.store.v1.StoredRevocation;
import dev.homeroom.coordinator.store.v1.StoredSessionPage;
import dev.homeroom.coordinator.store.v1.StoredSessionView;
import dev.homeroom.coordinator.store.v1.StoredTaskRenewal;
import dev.homeroom.coordinator.store.v1.StoredTasksClaimed;
import dev.homeroom.coordinator.store.v1.StoredWaiting;
import java.util.List;

/** Answers from what is stored; an unknown one is {@link UnreadableException}. */
final class AnswerReader {
    private AnswerReader() {}

    static Answer core(StoredAnswer stored) {
        return switch (stored.getAnswerCase()) {
            case REJECTED -> new Answer.Rejected(rejection(stored.getRejected()));
            case SESSION -> new Answer.OneSession(session(stored.getSession()));
            case SESSION_PAGE -> page(stored.getSessionPage());
            case SESSION_RELEASED -> new Answer.SessionReleased(stored.getSessionReleased());
            case BEAT -> beat(stored.getBeat());
            case GRANTED ->
                new Answer.Granted(
                        grant(stored.getGranted().getGrant()),
                        stored.getGranted().getAvailable());
            case RELEASED -> new Answer.Released(stored.getReleased());
            case TASKS_CLAIMED -> claimed(stored.getTasksClaimed());
            case TASKS_RENEWED ->
                new Answer.TasksRenewed(stored.getTasksRenewed().getRenewalsList().stream()
                        .map(AnswerReader::renewal)
                        .toList());
            case TASKS_RELEASED -> new Answer.TasksReleased(stored.getTasksReleased());
            case LIMIT -> Budgets.core(stored.getLimit());
            case LIMIT_PAGE -> Budgets.core(stored.getLimitPage());
            case CONSUMED -> Budgets.core(stored.getConsumed());
            case ASSIGNED -> Choices.core(stored.getAssigned());
            case RANKED_SESSIONS -> Choices.core(stored.getRankedSessions());
            case AFFINITY -> Affinities.core(stored.getAffinity());
            case AFFINITY_PAGE -> Affinities.core(stored.getAffinityPage());
            case AUDIT_PAGE -> Trail.core(stored.getAuditPage());
            case TOKEN_FLOOR -> new Answer.TokenFloor(stored.getTokenFloor());
            case RESOURCE -> resource(stored.getResource());
            case GRANT_PAGE -> page(stored.getGrantPage());
            case EXPIRED -> expired(stored.getExpired());
            case BACKLOG -> backlog(stored.getBacklog());
            case DONE -> new Answer.Done();
            case GRANTED_ALL ->
                new Answer.GrantedAll(grants(stored.getGrantedAll().getGrantsList()));
            case WAITING -> waiting(stored.getWaiting());
            case WAIT_CANCELLED -> new Answer.WaitCancelled(stored.getWaitCancelled());
            case TAKEN -> new Answer.Taken(grants(stored.getTaken().getGrantsList()));
            case ANSWER_NOT_SET -> throw new UnreadableException("an answer of a later version");
        };
    }

    private static Rejection rejection(StoredRejection stored) {
        return new Rejection(
                Constants.core(stored.getReason()),
                stored.getDetail(),
                stored.hasHolder() ? holder(stored.getHolder()) : null,
                stored.getQueuePosition(),
                stored.getRetryAfter(),
                List.copyOf(stored.getCycleList()));
    }

    private static Answer waiting(StoredWaiting stored) {
        return new Answer.Waiting(
                stored.getTicket(),
                stored.getPosition(),
                stored.hasHolder() ? holder(stored.getHolder()) : null,
                stored.getRemaining());
    }

    private static Holder holder(StoredHolder stored) {
        return new Holder(
                stored.getSession(),
                stored.getIncarnation(),
                stored.getHolder(),
                stored.getHost(),
                stored.getTty(),
                Parts.core(stored.getCodebase()),
                stored.getHeartbeatAge(),
                stored.getSinceWall(),
                stored.getDeadlineWall());
    }

    static GrantView grant(StoredGrantView stored) {
        return new GrantView(
                Constants.core(stored.getKind()),
                stored.getName(),
                stored.getToken(),
                holder(stored.getHolder()),
                stored.getRemaining(),
                Parts.map(stored.getMetadataList()));
    }

    private static List<GrantView> grants(List<StoredGrantView> stored) {
        return stored.stream().map(AnswerReader::grant).toList();
    }

    static SessionView session(StoredSessionView stored) {
        return new SessionView(
                stored.getId(),
                stored.getIncarnation(),
                stored.getInstance(),
                Parts.core(stored.getProfile()),
                Constants.status(stored.getStatus()),
                stored.getLease(),
                stored.getHeartbeat(),
                stored.getLeaseRemaining(),
                stored.getLeaseDeadlineWall(),
                stored.getHeartbeatAge(),
                stored.getActivityAge(),
                stored.getUntilStale(),
                stored.getRegisteredWall(),
                stored.getActivityWall(),
                stored.getTasks(),
                stored.getClaimMillis(),
                Standing.core(stored.getTally()),
                grants(stored.getGrantsList()));
    }

    private static Answer page(StoredSessionPage stored) {
        return new Answer.SessionPage(
                stored.getSessionsList().stream().map(AnswerReader::session).toList(),
                stored.hasNext() ? stored.getNext() : null);
    }

    private static Answer page(StoredGrantPage stored) {
        return new Answer.GrantPage(grants(stored.getGrantsList()), stored.hasNext() ? stored.getNext() : null);
    }

    private static Answer beat(StoredBeat stored) {
        return new Answer.Beat(
                stored.getSession(),
                stored.getLeaseRemaining(),
                stored.getLeaseDeadlineWall(),
                stored.getAssignedList().stream()
                        .map(one -> new Answer.Assignment(one.getTask(), one.getToken()))
                        .toList(),
                stored.getRevokedList().stream().map(AnswerReader::revocation).toList());
    }

    static Answer.Revocation revocation(StoredRevocation stored) {
        return new Answer.Revocation(
                Constants.core(stored.getKind()),
                stored.getName(),
                stored.getToken(),
                Constants.end(stored.getReason()));
    }

    private static Answer claimed(StoredTasksClaimed stored) {
        return new Answer.TasksClaimed(
                grants(stored.getGrantsList()), List.copyOf(stored.getExhaustedList()), stored.getFull());
    }

    private static Answer.TaskRenewal renewal(StoredTaskRenewal stored) {
        return new Answer.TaskRenewal(
                stored.getTask(),
                stored.hasGrant() ? grant(stored.getGrant()) : null,
                stored.hasRejection() ? rejection(stored.getRejection()) : null);
    }

    private static Answer resource(StoredResource stored) {
        return new Answer.OneResource(
                Constants.core(stored.getKind()),
                stored.getName(),
                stored.getCapacity(),
                stored.getUsed(),
                grants(stored.getGrantsList()));
    }

    private static Answer expired(StoredExpired stored) {
        return new Answer.Expired(stored.getSessions(), stored.getGrants(), stored.getMore(), stored.getWaiting());
    }

    private static Answer backlog(StoredBacklog stored) {
        return new Answer.Backlog(
                stored.hasGap() ? Parts.core(stored.getGap()) : null,
                stored.getChangesList().stream().map(Parts::core).toList());
    }
}
