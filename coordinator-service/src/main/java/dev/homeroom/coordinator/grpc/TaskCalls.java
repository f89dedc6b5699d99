package dev.homeroom.coordinator.grpc;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.GrantView;
import dev.homeroom.coordinator.core.Holder;
import dev.homeroom.coordinator.core.TaskOutcome;
import dev.homeroom.coordinator.v1.AssignTaskRequest;
import dev.homeroom.coordinator.v1.AssignTaskResponse;
import dev.homeroom.coordinator.v1.Candidate;
import dev.homeroom.coordinator.v1.ClaimTasks;
import dev.homeroom.coordinator.v1.ClaimTasksRequest;
import dev.homeroom.coordinator.v1.ClaimTasksResponse;
import dev.homeroom.coordinator.v1.ClaimTasksResult;
import dev.homeroom.coordinator.v1.RaiseTokenFloorRequest;
import dev.homeroom.coordinator.v1.RaiseTokenFloorResponse;
import dev.homeroom.coordinator.v1.ReleaseTasksRequest;
import dev.homeroom.coordinator.v1.ReleaseTasksResponse;
import dev.homeroom.coordinator.v1.RenewTaskResult;
import dev.homeroom.coordinator.v1.RenewTasksRequest;
import dev.homeroom.coordinator.v1.RenewTasksResponse;
import dev.homeroom.coordinator.v1.TaskGrant;
import dev.homeroom.coordinator.v1.TaskHold;
import io.grpc.stub.StreamObserver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls about claims of tasks; for queue-service. */
@ApplicationScoped
public class TaskCalls {
    private static final String TASK_PREFIX = "task/";

    private final Calls calls;

    /** Over the front desk. */
    @Inject
    public TaskCalls(Calls calls) {
        this.calls = calls;
    }

    void claim(ClaimTasksRequest request, StreamObserver<ClaimTasksResponse> out) {
        try {
            Calls.send(
                    out,
                    calls.each(Doorkeeper.caller(), request.getClaimsList(), TaskCalls::claim, TaskCalls::claimed)
                            .thenApply(results -> ClaimTasksResponse.newBuilder()
                                    .addAllResults(results)
                                    .build()));
        } catch (RuntimeException e) {
            out.onError(Problems.status(e));
        }
    }

    private static Command.ClaimTasks claim(ClaimTasks claim) {
        return new Command.ClaimTasks(
                claim.getSession(),
                claim.getIncarnation(),
                Commands.request(claim.getRequest()),
                claim.getCount(),
                Times.millis(claim.hasTtl(), claim.getTtl()),
                claim.getCandidatesList().stream().map(TaskCalls::candidate).toList());
    }

    private static Command.Candidate candidate(Candidate task) {
        return new Command.Candidate(
                task.getTask(),
                task.getPriority(),
                task.getLesson(),
                List.copyOf(task.getLimitsList()),
                List.copyOf(task.getCapabilitiesList()),
                task.getHost(),
                task.getRepo());
    }

    private static ClaimTasksResult claimed(ClaimTasks asked, @Nullable Answer answer, @Nullable Throwable failure) {
        if (!(answer instanceof Answer.TasksClaimed claimed)) {
            return ClaimTasksResult.newBuilder()
                    .setProblem(Problems.of(answer, failure))
                    .build();
        }
        ClaimTasksResult.Builder result = ClaimTasksResult.newBuilder()
                .addAllExhaustedLimits(claimed.exhausted())
                .setFull(claimed.full());
        claimed.grants().forEach(grant -> result.addGrants(task(taskOf(grant), grant)));
        if (!claimed.grants().isEmpty()) {
            Holder holder = claimed.grants().getFirst().holder();
            result.setHost(holder.host()).setRepo(holder.codebase().repo());
        }
        return result.build();
    }

    void assign(AssignTaskRequest request, StreamObserver<AssignTaskResponse> out) {
        calls.once(
                out,
                request.getRequestId(),
                caller -> new Command.AssignTask(
                        request.getSession(),
                        candidate(request.getTask()),
                        Times.millis(request.hasTtl(), request.getTtl())),
                Answer.Assigned.class,
                answer -> AssignTaskResponse.newBuilder()
                        .setGrant(task(taskOf(answer.grant()), answer.grant()))
                        .setHolder(Messages.holder(answer.grant().holder()))
                        .setScore(Messages.score(answer.score()))
                        .build());
    }

    void renew(RenewTasksRequest request, StreamObserver<RenewTasksResponse> out) {
        calls.ask(
                out,
                caller -> new Command.RenewTasks(
                        holds(request.getHoldsList()), Times.millis(request.hasTtl(), request.getTtl())),
                Answer.TasksRenewed.class,
                answer -> {
                    var response = RenewTasksResponse.newBuilder();
                    answer.renewals().forEach(renewal -> response.addResults(renewed(renewal)));
                    return response.build();
                });
    }

    private static RenewTaskResult renewed(Answer.TaskRenewal renewal) {
        RenewTaskResult.Builder result = RenewTaskResult.newBuilder();
        if (renewal.grant() != null) {
            result.setGrant(task(renewal.task(), renewal.grant()));
        }
        if (renewal.rejection() != null) {
            result.setProblem(Problems.of(renewal.rejection()));
        }
        return result.build();
    }

    void release(ReleaseTasksRequest request, StreamObserver<ReleaseTasksResponse> out) {
        calls.ask(
                out,
                caller -> new Command.ReleaseTasks(holds(request.getHoldsList())),
                Answer.TasksReleased.class,
                answer -> ReleaseTasksResponse.newBuilder()
                        .setReleased(answer.released())
                        .build());
    }

    void raiseFloor(RaiseTokenFloorRequest request, StreamObserver<RaiseTokenFloorResponse> out) {
        calls.ask(
                out,
                caller -> new Command.RaiseTokenFloor(request.getFloor()),
                Answer.TokenFloor.class,
                answer -> RaiseTokenFloorResponse.newBuilder()
                        .setNext(answer.next())
                        .build());
    }

    private static List<Command.TaskHold> holds(List<TaskHold> holds) {
        return holds.stream()
                .map(hold -> new Command.TaskHold(hold.getTask(), hold.getSession(), hold.getToken(), outcome(hold)))
                .toList();
    }

    private static TaskOutcome outcome(TaskHold hold) {
        return switch (hold.getOutcome()) {
            case TASK_OUTCOME_UNSPECIFIED -> TaskOutcome.NONE;
            case TASK_OUTCOME_DONE -> TaskOutcome.DONE;
            case TASK_OUTCOME_FAILED -> TaskOutcome.FAILED;
            case TASK_OUTCOME_CANCELLED -> TaskOutcome.CANCELLED;
            case UNRECOGNIZED -> throw new IllegalArgumentException("outcome is not known here");
        };
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
}
