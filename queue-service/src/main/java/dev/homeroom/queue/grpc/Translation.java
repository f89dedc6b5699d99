package dev.homeroom.queue.grpc;

import com.google.protobuf.Timestamp;
import dev.homeroom.coordinator.v1.AssignTaskRequest;
import dev.homeroom.coordinator.v1.AssignTaskResponse;
import dev.homeroom.coordinator.v1.Grant;
import dev.homeroom.coordinator.v1.Problem;
import dev.homeroom.coordinator.v1.Session;
import dev.homeroom.coordinator.v1.TaskOutcome;
import dev.homeroom.queue.core.AssignAnswer;
import dev.homeroom.queue.core.AssignRequest;
import dev.homeroom.queue.core.Candidate;
import dev.homeroom.queue.core.ClaimAnswer;
import dev.homeroom.queue.core.ClaimRequest;
import dev.homeroom.queue.core.CoordinatorProblem;
import dev.homeroom.queue.core.HeldTask;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.Holder;
import dev.homeroom.queue.core.Place;
import dev.homeroom.queue.core.Score;
import dev.homeroom.queue.core.TaskGrant;
import dev.homeroom.queue.core.insight.AgentSession;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Between the messages of {@code homeroom.coordinator.v1} and the core's records. */
final class Translation {
    /** What precedes the task's id in the name of its claim. */
    static final String PREFIX = "task/";

    private Translation() {}

    static dev.homeroom.coordinator.v1.ClaimTasks claim(ClaimRequest request) {
        var message = dev.homeroom.coordinator.v1.ClaimTasks.newBuilder()
                .setSession(request.owner().session())
                .setIncarnation(request.owner().incarnation())
                .setCount(request.count())
                .setTtl(duration(request.ttl()))
                .setRequest(dev.homeroom.coordinator.v1.RequestId.newBuilder()
                        .setSeq(request.request().seq())
                        .setUnanswered(request.request().unanswered()));
        request.candidates().forEach(c -> message.addCandidates(candidate(c)));
        return message.build();
    }

    private static dev.homeroom.coordinator.v1.Candidate candidate(Candidate candidate) {
        var message = dev.homeroom.coordinator.v1.Candidate.newBuilder()
                .setTask(candidate.task().toString())
                .setPriority(candidate.priority())
                .addAllLimits(candidate.limits())
                .addAllCapabilities(candidate.capabilities());
        if (candidate.lesson() != null) {
            message.setLesson(candidate.lesson());
        }
        var last = candidate.last();
        if (last.host() != null) {
            message.setHost(last.host());
        }
        if (last.repo() != null) {
            message.setRepo(last.repo());
        }
        return message.build();
    }

    static ClaimAnswer answer(dev.homeroom.coordinator.v1.ClaimTasksResult result) {
        return new ClaimAnswer(
                result.getGrantsList().stream().map(Translation::grant).toList(),
                result.getExhaustedLimitsList().stream().toList(),
                result.hasProblem() ? problem(result.getProblem()) : null,
                result.getFull(),
                new Place(text(result.getHost()), text(result.getRepo())));
    }

    static AssignTaskRequest assign(AssignRequest request) {
        var message = AssignTaskRequest.newBuilder()
                .setTask(candidate(request.task()))
                .setTtl(duration(request.ttl()));
        if (request.session() != null) {
            message.setSession(request.session());
        }
        if (request.requestId() != null) {
            message.setRequestId(request.requestId());
        }
        return message.build();
    }

    static AssignAnswer.Assigned assigned(AssignTaskResponse response) {
        var parts = response.getScore().getPartsList().stream()
                .map(part -> new Score.Part(part.getName(), part.getPoints(), part.getWhy()))
                .toList();
        return new AssignAnswer.Assigned(
                grant(response.getGrant()),
                holder(response.getHolder(), null, null),
                new Score(response.getScore().getTotal(), parts));
    }

    static TaskGrant grant(dev.homeroom.coordinator.v1.TaskGrant grant) {
        return new TaskGrant(
                UUID.fromString(grant.getTask()),
                grant.getToken(),
                instant(grant.getDeadline()),
                duration(grant.getRemaining()));
    }

    static dev.homeroom.coordinator.v1.TaskHold hold(Hold hold) {
        return dev.homeroom.coordinator.v1.TaskHold.newBuilder()
                .setTask(hold.task().toString())
                .setSession(hold.session())
                .setToken(hold.token())
                .setOutcome(
                        switch (hold.result()) {
                            case NONE -> TaskOutcome.TASK_OUTCOME_UNSPECIFIED;
                            case DONE -> TaskOutcome.TASK_OUTCOME_DONE;
                            case FAILED -> TaskOutcome.TASK_OUTCOME_FAILED;
                            case CANCELLED -> TaskOutcome.TASK_OUTCOME_CANCELLED;
                        })
                .build();
    }

    static CoordinatorProblem problem(Problem problem) {
        return new CoordinatorProblem(
                problem.getType(),
                problem.getDetail(),
                problem.hasHolder() ? holder(problem.getHolder(), null, null) : null);
    }

    /** Empty for a claim whose name is no task of ours. */
    static Optional<HeldTask> held(Grant grant) {
        try {
            var task = UUID.fromString(grant.getName().substring(PREFIX.length()));
            return Optional.of(new HeldTask(task, grant.getToken(), holder(grant)));
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    static Holder holder(Grant grant) {
        return holder(
                grant.getHolder(),
                grant.hasSince() ? instant(grant.getSince()) : null,
                grant.hasDeadline() ? instant(grant.getDeadline()) : null);
    }

    static AgentSession session(Session session) {
        var who = new Holder(
                session.getId(),
                session.getIncarnation(),
                text(session.getHost()),
                text(session.getTty()),
                text(session.getCodebase().getRepo()),
                text(session.getCodebase().getBranch()),
                text(session.getCodebase().getDirectory()),
                session.hasHeartbeatAge() ? duration(session.getHeartbeatAge()) : null,
                null,
                null);
        return new AgentSession(
                who,
                session.getStatus(),
                session.getCapabilitiesList().stream().toList(),
                session.getTasks(),
                session.getMaxConcurrentTasks());
    }

    private static Holder holder(
            dev.homeroom.coordinator.v1.Holder holder, @Nullable Instant since, @Nullable Instant deadline) {
        return new Holder(
                holder.getSession(),
                holder.getIncarnation(),
                text(holder.getHost()),
                text(holder.getTty()),
                text(holder.getCodebase().getRepo()),
                text(holder.getCodebase().getBranch()),
                text(holder.getCodebase().getDirectory()),
                holder.hasHeartbeatAge() ? duration(holder.getHeartbeatAge()) : null,
                holder.hasSince() ? instant(holder.getSince()) : since,
                holder.hasDeadline() ? instant(holder.getDeadline()) : deadline);
    }

    static com.google.protobuf.Duration duration(Duration duration) {
        return com.google.protobuf.Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }

    private static Duration duration(com.google.protobuf.Duration duration) {
        return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    private static @Nullable String text(String value) {
        return value.isEmpty() ? null : value;
    }
}
