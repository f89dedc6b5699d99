package dev.homeroom.coordinator.grpc;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.GrantView;
import dev.homeroom.coordinator.core.Profile;
import dev.homeroom.coordinator.core.SessionView;
import dev.homeroom.coordinator.v1.Assignment;
import dev.homeroom.coordinator.v1.ClaimTasksResult;
import dev.homeroom.coordinator.v1.Codebase;
import dev.homeroom.coordinator.v1.Grant;
import dev.homeroom.coordinator.v1.HeartbeatResult;
import dev.homeroom.coordinator.v1.Holder;
import dev.homeroom.coordinator.v1.RenewTaskResult;
import dev.homeroom.coordinator.v1.Revocation;
import dev.homeroom.coordinator.v1.Session;
import dev.homeroom.coordinator.v1.TaskGrant;

/** The core's answers in the words of the contract. */
final class Messages {
    private static final String TASK_PREFIX = "task/";

    private Messages() {}

    static Session session(SessionView view) {
        Profile profile = view.profile();
        Session.Builder session = Session.newBuilder()
                .setId(view.id())
                .setIncarnation(view.incarnation())
                .setInstance(view.instance())
                .setName(profile.name())
                .setHost(profile.host())
                .setTty(profile.tty())
                .setPid(profile.pid())
                .setCodebase(codebase(profile.codebase()))
                .setLesson(profile.lesson())
                .addAllCapabilities(profile.capabilities())
                .setMaxConcurrentTasks(profile.maxConcurrentTasks())
                .setLeaseTimeout(Times.duration(view.leaseMillis()))
                .setHeartbeatInterval(Times.duration(view.heartbeatMillis()))
                .setStatus(view.status().label())
                .setLeaseDeadline(Times.timestamp(view.leaseDeadlineWall()))
                .setHeartbeatAge(Times.duration(view.heartbeatAgeMillis()))
                .setUntilStale(Times.duration(view.untilStaleMillis()))
                .setLastActivity(Times.timestamp(view.activityWall()))
                .setRegisteredAt(Times.timestamp(view.registeredWall()));
        view.grants().forEach(grant -> session.addGrants(grant(grant)));
        return session.build();
    }

    static Grant grant(GrantView view) {
        return Grant.newBuilder()
                .setKind(view.kind().label())
                .setName(view.name())
                .setToken(view.token())
                .setHolder(holder(view.holder()))
                .setSince(Times.timestamp(view.holder().sinceWall()))
                .setDeadline(Times.timestamp(view.holder().deadlineWall()))
                .setRemaining(Times.duration(view.remainingMillis()))
                .build();
    }

    static Holder holder(dev.homeroom.coordinator.core.Holder holder) {
        return Holder.newBuilder()
                .setSession(holder.session())
                .setIncarnation(holder.incarnation())
                .setHolder(holder.holder())
                .setHost(holder.host())
                .setTty(holder.tty())
                .setCodebase(codebase(holder.codebase()))
                .setHeartbeatAge(Times.duration(holder.heartbeatAgeMillis()))
                .setSince(Times.timestamp(holder.sinceWall()))
                .setDeadline(Times.timestamp(holder.deadlineWall()))
                .build();
    }

    static HeartbeatResult beat(Answer.Beat beat) {
        HeartbeatResult.Builder result = HeartbeatResult.newBuilder()
                .setSession(beat.session())
                .setLeaseDeadline(Times.timestamp(beat.leaseDeadlineWall()))
                .setLeaseRemaining(Times.duration(beat.leaseRemainingMillis()));
        beat.assigned()
                .forEach(task -> result.addAssigned(
                        Assignment.newBuilder().setTask(task.task()).setToken(task.token())));
        beat.revoked()
                .forEach(grant -> result.addRevoked(Revocation.newBuilder()
                        .setKind(grant.kind().label())
                        .setName(grant.name())
                        .setToken(grant.token())
                        .setReason(grant.reason().label())));
        return result.build();
    }

    static ClaimTasksResult claimed(Answer.TasksClaimed answer) {
        ClaimTasksResult.Builder result = ClaimTasksResult.newBuilder()
                .addAllExhaustedLimits(answer.exhausted())
                .setFull(answer.full());
        answer.grants().forEach(grant -> result.addGrants(task(taskOf(grant), grant)));
        return result.build();
    }

    static RenewTaskResult renewed(Answer.TaskRenewal renewal) {
        RenewTaskResult.Builder result = RenewTaskResult.newBuilder();
        if (renewal.grant() != null) {
            result.setGrant(task(renewal.task(), renewal.grant()));
        }
        if (renewal.rejection() != null) {
            result.setProblem(Problems.of(renewal.rejection()));
        }
        return result.build();
    }

    private static TaskGrant task(String task, GrantView grant) {
        return TaskGrant.newBuilder()
                .setTask(task)
                .setToken(grant.token())
                .setDeadline(Times.timestamp(grant.holder().deadlineWall()))
                .setRemaining(Times.duration(grant.remainingMillis()))
                .build();
    }

    private static String taskOf(GrantView grant) {
        return grant.name().substring(TASK_PREFIX.length());
    }

    private static Codebase codebase(dev.homeroom.coordinator.core.Codebase codebase) {
        return Codebase.newBuilder()
                .setRepo(codebase.repo())
                .setBranch(codebase.branch())
                .setDirectory(codebase.directory())
                .build();
    }
}
