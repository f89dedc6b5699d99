package dev.homeroom.coordinator.grpc;

import dev.homeroom.coordinator.core.Codebase;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Kind;
import dev.homeroom.coordinator.core.Profile;
import dev.homeroom.coordinator.core.Request;
import dev.homeroom.coordinator.core.Status;
import dev.homeroom.coordinator.core.TaskOutcome;
import dev.homeroom.coordinator.v1.AcquireRequest;
import dev.homeroom.coordinator.v1.ClaimTasks;
import dev.homeroom.coordinator.v1.Heartbeat;
import dev.homeroom.coordinator.v1.ListGrantsRequest;
import dev.homeroom.coordinator.v1.ListSessionsRequest;
import dev.homeroom.coordinator.v1.RegisterSessionRequest;
import dev.homeroom.coordinator.v1.ReleaseRequest;
import dev.homeroom.coordinator.v1.RenewRequest;
import dev.homeroom.coordinator.v1.RequestId;
import dev.homeroom.coordinator.v1.TaskHold;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests as commands. What is wrong with values the core says; an unknown word is an IllegalArgumentException. */
final class Commands {
    private static final int DEFAULT_PAGE = 100;

    private Commands() {}

    static Command.Register register(RegisterSessionRequest request, long defaultHeartbeatMillis) {
        var codebase = request.getCodebase();
        Profile profile = new Profile(
                request.getName(),
                request.getHost(),
                request.getTty(),
                request.getPid(),
                new Codebase(codebase.getRepo(), codebase.getBranch(), codebase.getDirectory()),
                request.getLesson(),
                List.copyOf(request.getCapabilitiesList()),
                request.getMaxConcurrentTasks() == 0 ? 1 : request.getMaxConcurrentTasks());
        return new Command.Register(
                request.getId(),
                request.getInstance(),
                profile,
                Times.millis(request.hasLeaseTimeout(), request.getLeaseTimeout()),
                request.hasLeaseTimeout() ? 0 : defaultHeartbeatMillis);
    }

    static Command.Heartbeat heartbeat(Heartbeat heartbeat, long nowMillis) {
        long age = heartbeat.hasActivity() ? Math.max(0, nowMillis - Times.millis(heartbeat.getActivity())) : -1;
        return new Command.Heartbeat(
                heartbeat.getSession(),
                heartbeat.getIncarnation(),
                heartbeat.getUnanswered(),
                age,
                List.copyOf(heartbeat.getSeenList()));
    }

    static Command.ListSessions list(ListSessionsRequest request) {
        return new Command.ListSessions(status(request.getStatus()), request.getAfter(), limit(request.getLimit()));
    }

    static Command.Acquire acquire(AcquireRequest request) {
        return new Command.Acquire(
                request.getSession(),
                request.getIncarnation(),
                request(request.getRequest()),
                kind(request.getKind()),
                request.getName(),
                request.getHolder(),
                Times.millis(request.hasTtl(), request.getTtl()));
    }

    static Command.Renew renew(RenewRequest request) {
        return new Command.Renew(
                request.getSession(),
                request.getIncarnation(),
                request(request.getRequest()),
                kind(request.getKind()),
                request.getName(),
                request.getToken(),
                Times.millis(request.hasTtl(), request.getTtl()));
    }

    static Command.Release release(ReleaseRequest request) {
        return new Command.Release(
                request.getSession(),
                request.getIncarnation(),
                request(request.getRequest()),
                kind(request.getKind()),
                request.getName(),
                request.getToken());
    }

    static Command.ListGrants list(ListGrantsRequest request) {
        return new Command.ListGrants(
                request.getKind().isEmpty() ? null : kind(request.getKind()),
                request.getNamePrefix(),
                request.getAfter(),
                limit(request.getLimit()),
                request.hasOlderThan() ? Times.millis(true, request.getOlderThan()) : 0);
    }

    static Command.ClaimTasks claim(ClaimTasks claim) {
        return new Command.ClaimTasks(
                claim.getSession(),
                claim.getIncarnation(),
                request(claim.getRequest()),
                claim.getCount(),
                Times.millis(claim.hasTtl(), claim.getTtl()),
                claim.getCandidatesList().stream()
                        .map(task -> new Command.Candidate(
                                task.getTask(),
                                task.getPriority(),
                                task.getLesson(),
                                List.copyOf(task.getLimitsList())))
                        .toList());
    }

    static List<Command.TaskHold> holds(List<TaskHold> holds) {
        return holds.stream()
                .map(hold -> new Command.TaskHold(
                        hold.getTask(), hold.getSession(), hold.getToken(), outcome(hold.getOutcome())))
                .toList();
    }

    private static TaskOutcome outcome(dev.homeroom.coordinator.v1.TaskOutcome outcome) {
        return switch (outcome) {
            case TASK_OUTCOME_DONE -> TaskOutcome.DONE;
            case TASK_OUTCOME_FAILED -> TaskOutcome.FAILED;
            case TASK_OUTCOME_UNSPECIFIED, UNRECOGNIZED -> TaskOutcome.NONE;
        };
    }

    private static Request request(RequestId id) {
        return new Request(id.getSeq(), id.getUnanswered());
    }

    private static int limit(int asked) {
        return asked == 0 ? DEFAULT_PAGE : asked;
    }

    private static Kind kind(String label) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("kind: one of lock, claim, limit"));
    }

    private static @Nullable Status status(String label) {
        if (label.isEmpty()) {
            return null;
        }
        return Arrays.stream(Status.values())
                .filter(status -> status.label().equals(label))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("status: one of starting, active, idle, stale, failed, released"));
    }
}
