package dev.homeroom.queue.http;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.platform.problem.Problem;
import dev.homeroom.platform.problem.ProblemException;
import dev.homeroom.queue.coalesce.Splitting;
import dev.homeroom.queue.core.CoordinatorProblem;
import dev.homeroom.queue.core.Holder;
import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Rejection;
import dev.homeroom.queue.core.insight.Ages;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Puts rejections into problems: the one place where each is given its type and its words. */
final class Answers {
    private static final int TRY_AGAIN_MILLIS = 1_000;

    /** Characters of a payload that a problem shows. */
    private static final int SHOWN = 2_000;

    private Answers() {}

    /** The stage, failing with problems. */
    static <T> CompletionStage<T> of(CompletionStage<T> stage) {
        // A stage that is no future of its own cannot be cancelled, and that is what happens when the client goes away.
        return stage.toCompletableFuture()
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(translated(failure)));
    }

    /** The problem of a failure; null for a defect. */
    static @Nullable Problem problem(Throwable failure) {
        return Splitting.unwrapped(failure) instanceof QueueException e ? problem(e.rejection()) : null;
    }

    private static Throwable translated(Throwable failure) {
        if (Splitting.unwrapped(failure) instanceof CancellationException) {
            return new ProblemException(ProblemType.TIMEOUT, "The client has gone.");
        }
        var problem = problem(failure);
        return problem == null ? Splitting.unwrapped(failure) : new ProblemException(problem);
    }

    static Problem problem(Rejection rejection) {
        return switch (rejection) {
            case Rejection.NotFound(var task) ->
                Problem.of(ProblemType.NOT_FOUND, "There is no task " + task + ", or it was purged.");
            case Rejection.Invalid(var detail) -> Problem.of(ProblemType.INVALID, detail);
            case Rejection.TooLarge(var detail) -> Problem.of(ProblemType.TOO_LARGE, detail);
            case Rejection.StaleToken(var task, var token, var state, var holder) ->
                Problem.of(
                        ProblemType.STALE_TOKEN,
                        "Token " + token + " does not hold task " + task + " (any more); the task is " + state
                                + ". Drop the work: somebody else may have it.",
                        extras(holder, state));
            case Rejection.Held(var task, var holder) ->
                Problem.of(ProblemType.HELD, "Task " + task + " is held. Claim another.", extras(holder, "claimed"));
            case Rejection.Ungranted(var task, var why) ->
                Problem.of(
                        ProblemType.CONFLICT,
                        "Task " + task + " was not granted: " + why + ".",
                        extras(null, "pending"));
            case Rejection.NotDue(var task, var runAt) ->
                Problem.of(
                        ProblemType.CONFLICT,
                        "Task " + task + " is not due before " + runAt + ".",
                        Map.of("status", "pending", "runAt", runAt.toString()));
            case Rejection.Finished(var task, var state) ->
                Problem.of(ProblemType.CONFLICT, "Task " + task + " is " + state + " already.", extras(null, state));
            case Rejection.KeyReused reused -> bothOf(reused);
            case Rejection.DeadlinePassed(var task, var deadline) ->
                Problem.of(
                        ProblemType.CONFLICT,
                        "The deadline of task " + task + " is " + deadline
                                + ", before it would be due. Give it a new one.",
                        Map.of("deadline", deadline.toString()));
            case Rejection.UnknownLesson(var lesson) ->
                Problem.of(
                        ProblemType.UNKNOWN_LESSON,
                        "There is no lesson '" + lesson + "'. Make it first: POST /api/lessons.",
                        Map.of("field", "lesson", "lesson", lesson));
            case Rejection.NoLesson(var lesson) ->
                Problem.of(ProblemType.NOT_FOUND, "There is no lesson '" + lesson + "'.");
            case Rejection.LessonExists(var lesson, var version) ->
                Problem.of(
                        ProblemType.CONFLICT,
                        "Lesson '" + lesson
                                + "' is there already, with other content. PUT replaces it, PATCH changes it.",
                        Map.of("lesson", lesson, "version", version));
            case Rejection.LessonChanged(var lesson, var expected, var present) ->
                Problem.of(
                        ProblemType.CONFLICT,
                        present == 0
                                ? "Lesson '" + lesson + "' does not exist (any more)."
                                : "Lesson '" + lesson + "' has version " + present + ", not " + expected
                                        + ". Read it again and decide anew.",
                        Map.of("lesson", lesson, "version", present));
            case Rejection.LessonInUse(var lesson, var unfinished) ->
                Problem.of(
                        ProblemType.CONFLICT,
                        "Lesson '" + lesson + "' has " + unfinished + " unfinished tasks. Finish or cancel them first.",
                        Map.of("lesson", lesson, "unfinished", unfinished));
            case Rejection.TooMany(var what, var most) ->
                Problem.of(
                        ProblemType.TOO_MANY, "At most " + most + " " + what + " are possible.", Map.of("most", most));
            case Rejection.Refused(var problem) -> passedOn(problem);
            case Rejection.Overloaded(var what) ->
                Problem.of(ProblemType.OVERLOADED, "Too many " + what + " wait here. Try again.", soon());
            case Rejection.Unavailable(var what) ->
                Problem.of(ProblemType.UNAVAILABLE, "It needs " + what + ", which does not answer. Try again.", soon());
            case Rejection.TimedOut(var what) ->
                Problem.of(
                        ProblemType.TIMEOUT,
                        "No answer from " + what
                                + " in time; whether it happened is unknown. The same request again is safe"
                                + " if it carries an idempotency key, a seq or a token.");
        };
    }

    /** The stored task and the sent one; of long payloads the beginning, for the two may have 64 KB each. */
    private static Problem bothOf(Rejection.KeyReused reused) {
        var stored = new LinkedHashMap<String, Object>();
        stored.put("id", reused.task().toString());
        stored.put("type", reused.type());
        stored.put("payload", beginning(reused.payload()));
        return Problem.of(
                ProblemType.IDEMPOTENCY_KEY_REUSED,
                "The idempotency key '" + reused.key() + "' belongs to task " + reused.task()
                        + ", of another type or payload.",
                Map.of(
                        "existing",
                        stored,
                        "sent",
                        Map.of("type", reused.sentType(), "payload", beginning(reused.sentPayload()))));
    }

    private static String beginning(String payload) {
        return payload.length() <= SHOWN ? payload : payload.substring(0, SHOWN) + "…";
    }

    private static Problem passedOn(CoordinatorProblem refused) {
        var holder = refused.holder();
        for (var type : ProblemType.values()) {
            if (type.urn().equals(refused.type())) {
                return Problem.of(type, refused.detail(), holder == null ? Map.of() : Map.of("holder", view(holder)));
            }
        }
        return Problem.of(ProblemType.UNAVAILABLE, "The coordinator refused: " + refused.detail());
    }

    private static Map<String, Object> soon() {
        return Map.of("retryAfterMs", TRY_AGAIN_MILLIS);
    }

    private static Map<String, Object> extras(@Nullable Holder holder, String state) {
        return holder == null ? Map.of("taskStatus", state) : Map.of("taskStatus", state, "holder", view(holder));
    }

    /** A holder as every conflict shows it (design: session, host, tty, codebase, heartbeat, since, deadline). */
    static Map<String, Object> view(Holder holder) {
        var view = new LinkedHashMap<String, Object>();
        view.put("session", holder.session());
        put(view, "incarnation", holder.incarnation() == 0 ? null : holder.incarnation());
        put(view, "host", holder.host());
        put(view, "tty", holder.tty());
        var codebase = new LinkedHashMap<String, Object>();
        put(codebase, "repo", holder.repo());
        put(codebase, "branch", holder.branch());
        put(codebase, "directory", holder.directory());
        put(view, "codebase", codebase.isEmpty() ? null : codebase);
        var age = holder.heartbeatAge();
        if (age != null) {
            view.put("heartbeatAgeSeconds", age.toSeconds());
            view.put("heartbeatAge", Ages.ago(age));
        }
        put(view, "since", holder.since() == null ? null : holder.since().toString());
        put(
                view,
                "deadline",
                holder.deadline() == null ? null : holder.deadline().toString());
        return view;
    }

    private static void put(Map<String, Object> map, String key, @Nullable Object value) {
        if (value != null) {
            map.put(key, value);
        }
    }
}
