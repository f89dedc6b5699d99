package dev.homeroom.coordinator.codec;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.GrantView;
import dev.homeroom.coordinator.core.Holder;
import dev.homeroom.coordinator.core.Rejection;
import dev.homeroom.coordinator.core.SessionView;
import dev.homeroom.coordinator.store.v1.StoredAnswer;
import dev.homeroom.coordinator.store.v1.StoredAssignment;
import dev.homeroom.coordinator.store.v1.StoredBacklog;
import dev.homeroom.coordinator.store.v1.StoredBeat;
import dev.homeroom.coordinator.store.v1.StoredDone;
import dev.homeroom.coordinator.store.v1.StoredExpired;
import dev.homeroom.coordinator.store.v1.StoredGrantPage;
import dev.homeroom.coordinator.store.v1.StoredGrantView;
import dev.homeroom.coordinator.store.v1.StoredGranted;
import dev.homeroom.coordinator.store.v1.StoredGrants;
import dev.homeroom.coordinator.store.v1.StoredHolder;
import dev.homeroom.coordinator.store.v1.StoredRejection;
import dev.homeroom.coordinator.store.v1.StoredResource;
import dev.homeroom.coordinator.store.v1.StoredRevocation;
import dev.homeroom.coordinator.store.v1.StoredSessionPage;
import dev.homeroom.coordinator.store.v1.StoredSessionView;
import dev.homeroom.coordinator.store.v1.StoredTaskRenewal;
import dev.homeroom.coordinator.store.v1.StoredTasksClaimed;
import dev.homeroom.coordinator.store.v1.StoredTasksRenewed;
import dev.homeroom.coordinator.store.v1.StoredWaiting;
import java.util.List;

/** Answers as they are stored and sent between replicas. */
final class AnswerWriter {
    private AnswerWriter() {}

    static StoredAnswer stored(Answer answer) {
        StoredAnswer.Builder stored = StoredAnswer.newBuilder();
        switch (answer) {
            case Answer.Rejected(Rejection rejection) -> stored.setRejected(rejection(rejection));
            case Answer.OneSession(SessionView session) -> stored.setSession(session(session));
            case Answer.SessionPage page -> stored.setSessionPage(page(page));
            case Answer.SessionReleased(int grants) -> stored.setSessionReleased(grants);
            case Answer.Beat beat -> stored.setBeat(beat(beat));
            case Answer.Granted(GrantView grant, int available) ->
                stored.setGranted(
                        StoredGranted.newBuilder().setGrant(grant(grant)).setAvailable(available));
            case Answer.GrantedAll(List<GrantView> grants) ->
                stored.setGrantedAll(StoredGrants.newBuilder().addAllGrants(grants(grants)));
            case Answer.Waiting waiting -> stored.setWaiting(waiting(waiting));
            case Answer.WaitCancelled(boolean ended) -> stored.setWaitCancelled(ended);
            case Answer.Taken(List<GrantView> grants) ->
                stored.setTaken(StoredGrants.newBuilder().addAllGrants(grants(grants)));
            case Answer.Released(int available) -> stored.setReleased(available);
            case Answer.TasksClaimed claimed ->
                stored.setTasksClaimed(StoredTasksClaimed.newBuilder()
                        .addAllGrants(grants(claimed.grants()))
                        .addAllExhausted(claimed.exhausted())
                        .setFull(claimed.full()));
            case Answer.TasksRenewed(List<Answer.TaskRenewal> renewals) ->
                stored.setTasksRenewed(StoredTasksRenewed.newBuilder()
                        .addAllRenewals(
                                renewals.stream().map(AnswerWriter::renewal).toList()));
            case Answer.TasksReleased(int released) -> stored.setTasksReleased(released);
            case Answer.OneLimit limit -> stored.setLimit(Budgets.stored(limit));
            case Answer.LimitPage page -> stored.setLimitPage(Budgets.stored(page));
            case Answer.Consumed consumed -> stored.setConsumed(Budgets.stored(consumed));
            case Answer.Assigned assigned -> stored.setAssigned(Choices.stored(assigned));
            case Answer.RankedSessions ranked -> stored.setRankedSessions(Choices.stored(ranked));
            case Answer.OneAffinity affinity -> stored.setAffinity(Affinities.stored(affinity));
            case Answer.AffinityPage page -> stored.setAffinityPage(Affinities.stored(page));
            case Answer.AuditPage page -> stored.setAuditPage(Trail.stored(page));
            case Answer.TokenFloor(long next) -> stored.setTokenFloor(next);
            case Answer.OneResource resource -> stored.setResource(resource(resource));
            case Answer.GrantPage page -> stored.setGrantPage(page(page));
            case Answer.Expired expired -> stored.setExpired(expired(expired));
            case Answer.Backlog backlog -> stored.setBacklog(backlog(backlog));
            case Answer.Done _ -> stored.setDone(StoredDone.getDefaultInstance());
        }
        return stored.build();
    }

    private static StoredRejection rejection(Rejection rejection) {
        StoredRejection.Builder stored = StoredRejection.newBuilder()
                .setReason(Constants.stored(rejection.reason()))
                .setDetail(rejection.detail())
                .setQueuePosition(rejection.queuePosition())
                .setRetryAfter(rejection.retryAfterMillis())
                .addAllCycle(rejection.cycle());
        if (rejection.holder() != null) {
            stored.setHolder(holder(rejection.holder()));
        }
        return stored.build();
    }

    private static StoredWaiting waiting(Answer.Waiting waiting) {
        StoredWaiting.Builder stored = StoredWaiting.newBuilder()
                .setTicket(waiting.ticket())
                .setPosition(waiting.position())
                .setRemaining(waiting.remainingMillis());
        if (waiting.holder() != null) {
            stored.setHolder(holder(waiting.holder()));
        }
        return stored.build();
    }

    private static StoredHolder holder(Holder holder) {
        return StoredHolder.newBuilder()
                .setSession(holder.session())
                .setIncarnation(holder.incarnation())
                .setHolder(holder.holder())
                .setHost(holder.host())
                .setTty(holder.tty())
                .setCodebase(Parts.stored(holder.codebase()))
                .setHeartbeatAge(holder.heartbeatAgeMillis())
                .setSinceWall(holder.sinceWall())
                .setDeadlineWall(holder.deadlineWall())
                .build();
    }

    static StoredGrantView grant(GrantView grant) {
        return StoredGrantView.newBuilder()
                .setKind(Constants.stored(grant.kind()))
                .setName(grant.name())
                .setToken(grant.token())
                .setHolder(holder(grant.holder()))
                .setRemaining(grant.remainingMillis())
                .addAllMetadata(Parts.entries(grant.metadata()))
                .build();
    }

    private static List<StoredGrantView> grants(List<GrantView> grants) {
        return grants.stream().map(AnswerWriter::grant).toList();
    }

    static StoredSessionView session(SessionView session) {
        return StoredSessionView.newBuilder()
                .setId(session.id())
                .setIncarnation(session.incarnation())
                .setInstance(session.instance())
                .setProfile(Parts.stored(session.profile()))
                .setStatus(Constants.stored(session.status()))
                .setLease(session.leaseMillis())
                .setHeartbeat(session.heartbeatMillis())
                .setLeaseRemaining(session.leaseRemainingMillis())
                .setLeaseDeadlineWall(session.leaseDeadlineWall())
                .setHeartbeatAge(session.heartbeatAgeMillis())
                .setActivityAge(session.activityAgeMillis())
                .setUntilStale(session.untilStaleMillis())
                .setRegisteredWall(session.registeredWall())
                .setActivityWall(session.activityWall())
                .setTasks(session.tasks())
                .setClaimMillis(session.claimMillis())
                .setTally(Standing.stored(session.tally()))
                .addAllGrants(grants(session.grants()))
                .build();
    }

    private static StoredSessionPage page(Answer.SessionPage page) {
        StoredSessionPage.Builder stored = StoredSessionPage.newBuilder()
                .addAllSessions(
                        page.sessions().stream().map(AnswerWriter::session).toList());
        if (page.next() != null) {
            stored.setNext(page.next());
        }
        return stored.build();
    }

    private static StoredGrantPage page(Answer.GrantPage page) {
        StoredGrantPage.Builder stored = StoredGrantPage.newBuilder().addAllGrants(grants(page.grants()));
        if (page.next() != null) {
            stored.setNext(page.next());
        }
        return stored.build();
    }

    private static StoredBeat beat(Answer.Beat beat) {
        return StoredBeat.newBuilder()
                .setSession(beat.session())
                .setLeaseRemaining(beat.leaseRemainingMillis())
                .setLeaseDeadlineWall(beat.leaseDeadlineWall())
                .addAllAssigned(
                        beat.assigned().stream().map(AnswerWriter::assignment).toList())
                .addAllRevoked(
                        beat.revoked().stream().map(AnswerWriter::revocation).toList())
                .build();
    }

    static StoredAssignment assignment(Answer.Assignment assignment) {
        return StoredAssignment.newBuilder()
                .setTask(assignment.task())
                .setToken(assignment.token())
                .build();
    }

    static StoredRevocation revocation(Answer.Revocation revocation) {
        return StoredRevocation.newBuilder()
                .setKind(Constants.stored(revocation.kind()))
                .setName(revocation.name())
                .setToken(revocation.token())
                .setReason(Constants.stored(revocation.reason()))
                .build();
    }

    private static StoredTaskRenewal renewal(Answer.TaskRenewal renewal) {
        StoredTaskRenewal.Builder stored = StoredTaskRenewal.newBuilder().setTask(renewal.task());
        if (renewal.grant() != null) {
            stored.setGrant(grant(renewal.grant()));
        }
        if (renewal.rejection() != null) {
            stored.setRejection(rejection(renewal.rejection()));
        }
        return stored.build();
    }

    private static StoredResource resource(Answer.OneResource resource) {
        return StoredResource.newBuilder()
                .setKind(Constants.stored(resource.kind()))
                .setName(resource.name())
                .setCapacity(resource.capacity())
                .setUsed(resource.used())
                .addAllGrants(grants(resource.grants()))
                .build();
    }

    private static StoredExpired expired(Answer.Expired expired) {
        return StoredExpired.newBuilder()
                .setSessions(expired.sessions())
                .setGrants(expired.grants())
                .setMore(expired.more())
                .setWaiting(expired.waiting())
                .build();
    }

    private static StoredBacklog backlog(Answer.Backlog backlog) {
        StoredBacklog.Builder stored = StoredBacklog.newBuilder()
                .addAllChanges(backlog.changes().stream().map(Parts::stored).toList());
        if (backlog.gap() != null) {
            stored.setGap(Parts.stored(backlog.gap()));
        }
        return stored.build();
    }
}
