package dev.homeroom.coordinator.http;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.coordinator.Advice;
import dev.homeroom.coordinator.Refusals;
import dev.homeroom.coordinator.Refused;
import dev.homeroom.coordinator.Unanswered;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Holder;
import dev.homeroom.coordinator.core.Rejection;
import dev.homeroom.coordinator.desk.Caller;
import dev.homeroom.coordinator.desk.Denied;
import dev.homeroom.coordinator.desk.FrontDesk;
import dev.homeroom.coordinator.desk.Named;
import dev.homeroom.coordinator.desk.Patience;
import dev.homeroom.coordinator.desk.Pending;
import dev.homeroom.platform.problem.Problem;
import dev.homeroom.platform.problem.ProblemException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** Puts the question of a request to the front desk, and makes a problem of every refusal. */
@ApplicationScoped
public class Ask {
    /** The header that says that an answer may be old. */
    static final String CONSISTENCY = "Homeroom-Consistency";

    private static final String STALE = "stale";

    private final FrontDesk desk;
    private final SecurityIdentity identity;

    /** Over the front desk; the identity is that of the present request. */
    @Inject
    public Ask(FrontDesk desk, SecurityIdentity identity) {
        this.desk = desk;
        this.identity = identity;
    }

    /** Who sent the present request. */
    Caller caller() {
        String subject = identity.getPrincipal() instanceof JsonWebToken token && token.getSubject() != null
                ? token.getSubject()
                : identity.getPrincipal().getName();
        return new Caller(subject, identity.getRoles());
    }

    /** Asks as the present caller; the command may be refused while it is made. */
    <A extends Answer> Uni<A> of(Function<Caller, Command> command, Class<A> expected) {
        return asking(caller -> desk.submit(caller, command.apply(caller)), expected);
    }

    <A extends Answer> Uni<A> of(Command command, Class<A> expected) {
        return of(caller -> command, expected);
    }

    /** The same as an exactly-once request, when there is an id. */
    <A extends Answer> Uni<A> once(@Nullable String requestId, Function<Caller, Command> command, Class<A> expected) {
        return of(caller -> Named.once(caller, Texts.orEmpty(requestId), command.apply(caller)), expected);
    }

    /** What becomes of one of many; either the answer or the failure is there. */
    interface Each<R, T> {
        T of(R item, @Nullable Answer answer, @Nullable Throwable failure);
    }

    /** Asks for many, each for itself; in the order of the items. */
    <R, T> Uni<List<T>> each(List<R> items, Function<R, Command> command, Each<R, T> each) {
        return Uni.createFrom().completionStage(() -> {
            Caller caller = caller();
            List<CompletableFuture<T>> results = new ArrayList<>(items.size());
            for (R item : items) {
                results.add(desk.submit(caller, command.apply(item))
                        .handle((answer, failure) -> each.of(item, answer, failure))
                        .toCompletableFuture());
            }
            return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
                    .thenApply(
                            all -> results.stream().map(CompletableFuture::join).toList());
        });
    }

    /** Acquires; when the connection closes, the wait ends. */
    <A extends Answer> Uni<A> acquire(
            Function<Caller, Command.OfSession> command, @Nullable Patience patience, Class<A> expected) {
        return Uni.createFrom()
                .deferred(() -> {
                    Caller caller = caller();
                    Pending pending = desk.acquire(caller, command.apply(caller), patience);
                    return Uni.createFrom()
                            .completionStage(pending.answer())
                            .onCancellation()
                            .invoke(pending::abandon);
                })
                .map(answer -> expected(answer, expected))
                .onFailure()
                .transform(Ask::asProblem);
    }

    /**
     * A read: through the log, or, with {@code consistency=stale}, from this replica's copy; the header
     * {@code Homeroom-Consistency} says so then.
     */
    <A extends Answer, T> Uni<RestResponse<T>> read(
            @Nullable String consistency, Command command, Class<A> expected, Function<A, T> json) {
        if (consistency == null || consistency.equals("linearizable")) {
            return of(command, expected).map(answer -> RestResponse.ok(json.apply(answer)));
        }
        if (!consistency.equals(STALE)) {
            throw new ProblemException(
                    ProblemType.INVALID, "consistency: linearizable or stale.", Map.of("field", "consistency"));
        }
        return Uni.createFrom()
                .item(() -> desk.stale(command))
                .map(stale -> ResponseBuilder.ok(json.apply(expected(stale.answer(), expected)))
                        .header(
                                CONSISTENCY,
                                "stale; index=" + stale.appliedIndex() + "; ageMillis=" + stale.ageMillis())
                        .build())
                .onFailure()
                .transform(Ask::asProblem);
    }

    private <A extends Answer> Uni<A> asking(Function<Caller, CompletionStage<Answer>> question, Class<A> expected) {
        return Uni.createFrom()
                .completionStage(() -> question.apply(caller()))
                .map(answer -> expected(answer, expected))
                .onFailure()
                .transform(Ask::asProblem);
    }

    private static <A extends Answer> A expected(Answer answer, Class<A> expected) {
        if (answer instanceof Answer.Rejected rejected) {
            throw new Refused(rejected.rejection());
        }
        return expected.cast(answer);
    }

    static Throwable asProblem(Throwable failure) {
        return switch (failure) {
            case CompletionException wrapped when wrapped.getCause() != null -> asProblem(wrapped.getCause());
            case Refused refused -> new ProblemException(problem(refused.rejection()));
            case Unanswered unanswered -> new ProblemException(problem(unanswered));
            case Denied denied ->
                new ProblemException(ProblemType.FORBIDDEN, String.valueOf(denied.getMessage()), Map.of());
            default -> failure;
        };
    }

    /** The problem of one of many that was refused. */
    static Problem problemOf(@Nullable Answer answer, @Nullable Throwable failure) {
        if (answer instanceof Answer.Rejected rejected) {
            return problem(rejected.rejection());
        }
        return problem(failure == null ? new IllegalStateException("unexpected answer " + answer) : failure);
    }

    private static Problem problem(Throwable failure) {
        return asProblem(failure) instanceof ProblemException known
                ? known.problem()
                : Problem.of(ProblemType.INTERNAL, "The log knows more.");
    }

    private static Problem problem(Unanswered unanswered) {
        long retry = Refusals.retryAfterMs(unanswered.reason());
        return Problem.of(
                Refusals.typeOf(unanswered.reason()),
                unanswered.getMessage(),
                retry == 0 ? Map.of() : Map.of("retryAfterMs", retry, "next", unanswered.next()));
    }

    private static Problem problem(Rejection rejection) {
        Map<String, Object> extras = new LinkedHashMap<>();
        Holder holder = rejection.holder();
        if (holder != null) {
            extras.put("holder", HolderJson.of(holder));
        }
        if (rejection.reason() == Rejection.Reason.HELD) {
            extras.put("queuePosition", rejection.queuePosition());
        }
        long retry = Refusals.retryAfterMs(rejection);
        if (retry > 0) {
            extras.put("retryAfterMs", retry);
        }
        if (rejection.reason() == Rejection.Reason.DEADLOCK) {
            extras.put("cycle", rejection.cycle());
        }
        extras.put("next", Advice.after(rejection));
        return Problem.of(Refusals.typeOf(rejection.reason()), rejection.detail(), extras);
    }
}
