package dev.homeroom.coordinator.http;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.coordinator.Coordinator;
import dev.homeroom.coordinator.Refusals;
import dev.homeroom.coordinator.Refused;
import dev.homeroom.coordinator.Unanswered;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Holder;
import dev.homeroom.coordinator.core.Rejection;
import dev.homeroom.platform.problem.Problem;
import dev.homeroom.platform.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts a question to the coordinator and makes a problem of every refusal. */
@ApplicationScoped
public class Ask {
    /** How soon to look again at a resource that is held, in milliseconds: its holder may give it back any time. */
    private static final long RETRY_HELD_MS = 1_000;

    private final Coordinator coordinator;

    /** Over the coordinator. */
    @Inject
    public Ask(Coordinator coordinator) {
        this.coordinator = coordinator;
    }

    <A extends Answer> Uni<A> of(Command command, Class<A> expected) {
        return Uni.createFrom()
                .completionStage(() -> coordinator.ask(command, expected))
                .onFailure()
                .transform(Ask::asProblem);
    }

    private static Throwable asProblem(Throwable failure) {
        return switch (failure) {
            case Refused refused -> new ProblemException(problem(refused.rejection()));
            case Unanswered unanswered -> new ProblemException(problem(unanswered));
            default -> failure;
        };
    }

    static Problem problem(Throwable failure) {
        return asProblem(failure) instanceof ProblemException known
                ? known.problem()
                : Problem.of(ProblemType.INTERNAL, "The log knows more.");
    }

    private static Problem problem(Unanswered unanswered) {
        long retry = Refusals.retryAfterMs(unanswered.reason());
        return Problem.of(
                Refusals.typeOf(unanswered.reason()),
                unanswered.getMessage(),
                retry == 0 ? Map.of() : Map.of("retryAfterMs", retry));
    }

    private static Problem problem(Rejection rejection) {
        Map<String, Object> extras = new LinkedHashMap<>();
        Holder holder = rejection.holder();
        if (holder != null) {
            extras.put("holder", HolderJson.of(holder));
        }
        if (rejection.reason() == Rejection.Reason.HELD) {
            extras.put("queuePosition", 0);
            extras.put("retryAfterMs", RETRY_HELD_MS);
        }
        extras.put("next", next(rejection.reason()));
        return Problem.of(Refusals.typeOf(rejection.reason()), rejection.detail(), extras);
    }

    private static List<String> next(Rejection.Reason reason) {
        return switch (reason) {
            case HELD -> List.of("try again after retryAfterMs", "take other work", "ask the holder to release it");
            case DEADLOCK -> List.of("release what the others wait for", "acquire in another order, or all at once");
            case NONE_AVAILABLE -> List.of("try again later", "leave the task to whoever asks for work");
            case STALE_TOKEN, STALE_INCARNATION ->
                List.of("stop working on it: another holder may have begun", "acquire it again");
            case SESSION_ENDED, UNKNOWN_SESSION -> List.of("register again with a new instance");
            case MANAGED_BY_QUEUE -> List.of("claim tasks with POST /api/tasks/claim");
            case REQUEST_TOO_OLD -> List.of("read the present state", "send a new seq");
            case REQUEST_REUSED -> List.of("use a new request id");
            case TOO_MANY -> List.of("release what is not needed");
            case INVALID -> List.of("correct the request");
            case NOT_FOUND -> List.of("check the name");
            case STALE_TERM -> List.of("try again");
        };
    }
}
