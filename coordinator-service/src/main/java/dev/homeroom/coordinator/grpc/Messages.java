package dev.homeroom.coordinator.grpc;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.GrantView;
import dev.homeroom.coordinator.core.Profile;
import dev.homeroom.coordinator.core.SessionView;
import dev.homeroom.coordinator.core.Tally;
import dev.homeroom.coordinator.desk.Figures;
import dev.homeroom.coordinator.v1.AcquireAllResponse;
import dev.homeroom.coordinator.v1.Assignment;
import dev.homeroom.coordinator.v1.Codebase;
import dev.homeroom.coordinator.v1.Grant;
import dev.homeroom.coordinator.v1.HeartbeatResult;
import dev.homeroom.coordinator.v1.Holder;
import dev.homeroom.coordinator.v1.RankedSession;
import dev.homeroom.coordinator.v1.ReleaseResponse;
import dev.homeroom.coordinator.v1.Revocation;
import dev.homeroom.coordinator.v1.Score;
import dev.homeroom.coordinator.v1.ScorePart;
import dev.homeroom.coordinator.v1.Session;
import dev.homeroom.coordinator.v1.Statistics;
import dev.homeroom.coordinator.v1.UseRateResponse;

/** The core's answers in the words of the contract. */
final class Messages {
    private Messages() {}

    static Session.Builder session(SessionView view) {
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
                .setRegisteredAt(Times.timestamp(view.registeredWall()))
                .setLeaseRemaining(Times.duration(view.leaseRemainingMillis()))
                .setTasks(view.tasks())
                .setStatistics(statistics(view));
        if (view.claimMillis() > 0) {
            session.setClaimDuration(Times.duration(view.claimMillis()));
        }
        view.grants().forEach(grant -> session.addGrants(grant(grant)));
        return session;
    }

    private static Statistics statistics(SessionView view) {
        Tally tally = view.tally();
        Statistics.Builder statistics = Statistics.newBuilder()
                .setTasksDone(tally.done())
                .setTasksFailed(tally.failed())
                .setUptime(Times.duration(Figures.uptimeMillis(view)))
                .putAllUsage(tally.usage());
        if (tally.done() + tally.failed() > 0) {
            statistics.setMeanTaskDuration(Times.duration(Figures.meanTaskMillis(tally)));
        }
        return statistics.build();
    }

    static RankedSession ranked(Answer.RankedSession ranked) {
        return RankedSession.newBuilder()
                .setSession(session(ranked.session()))
                .setScore(score(ranked.score()))
                .build();
    }

    static Score score(dev.homeroom.coordinator.core.Score score) {
        Score.Builder message = Score.newBuilder().setTotal(score.total());
        score.parts()
                .forEach(part -> message.addParts(ScorePart.newBuilder()
                        .setName(part.name())
                        .setPoints(part.points())
                        .setWhy(part.why())));
        return message.build();
    }

    static Grant granted(Answer.Granted granted) {
        return grant(granted.grant()).setAvailable(granted.available()).build();
    }

    static UseRateResponse used(Answer.Consumed answer) {
        UseRateResponse.Builder response =
                UseRateResponse.newBuilder().setTaken(answer.taken()).setAvailable(answer.available());
        if (!answer.taken() && answer.retryAfterMillis() >= 0) {
            response.setRetryAfter(Times.duration(answer.retryAfterMillis()));
        }
        return response.build();
    }

    static AcquireAllResponse grantedAll(Answer.GrantedAll granted) {
        AcquireAllResponse.Builder response = AcquireAllResponse.newBuilder();
        granted.grants().forEach(grant -> response.addGrants(grant(grant)));
        return response.build();
    }

    static ReleaseResponse released(Answer.Released released) {
        return released.available() == 0
                ? ReleaseResponse.getDefaultInstance()
                : ReleaseResponse.newBuilder()
                        .setAvailable(released.available())
                        .build();
    }

    static Grant.Builder grant(GrantView view) {
        return Grant.newBuilder()
                .setKind(view.kind().label())
                .setName(view.name())
                .setToken(view.token())
                .setHolder(holder(view.holder()))
                .setSince(Times.timestamp(view.holder().sinceWall()))
                .setDeadline(Times.timestamp(view.holder().deadlineWall()))
                .setRemaining(Times.duration(view.remainingMillis()))
                .putAllMetadata(view.metadata());
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

    static Codebase codebase(dev.homeroom.coordinator.core.Codebase codebase) {
        return Codebase.newBuilder()
                .setRepo(codebase.repo())
                .setBranch(codebase.branch())
                .setDirectory(codebase.directory())
                .build();
    }
}
