package dev.homeroom.metrics.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.contracts.event.EventJson;
import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.metrics.core.Tuning;
import dev.homeroom.metrics.tuning.Rehearsal;
import dev.homeroom.metrics.tuning.TrialBook;
import dev.homeroom.platform.page.Limit;
import dev.homeroom.platform.page.Page;
import dev.homeroom.platform.problem.ProblemException;
import dev.homeroom.platform.security.ClassroomScope;
import dev.homeroom.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/**
 * What rules on trial would have told: those that run in the shadow, and those that are rehearsed on what was (R-M3); {@code
 * docs/metrics-detectors.md}.
 */
@Path("/api/metrics")
@RolesAllowed({Roles.TEACHER, Roles.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class TrialResource {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final Duration LONGEST_REHEARSAL = Duration.ofDays(31);
    /** A rehearsal keeps a core busy for seconds: one at a time in a replica. */
    private static final Semaphore STAGE = new Semaphore(1);

    private final TrialBook book;
    private final ClassroomScope scope;
    private final Clock clock = Clock.systemUTC();

    /** Takes what answers, and whose request it is. */
    @Inject
    public TrialResource(TrialBook book, ClassroomScope scope) {
        this.book = book;
        this.scope = scope;
    }

    private record Span(Instant from, Instant to) {}

    /** Episodes that the trials in a classroom would have told, latest first; without times, of the last week. */
    @GET
    @Path("/trials/{classroom}")
    public Page<TrialBook.ShadowEpisode> episodes(
            @RestPath String classroom,
            @QueryParam("trial") @Nullable Long trial,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit) {
        TuningScope.name("classroom", classroom);
        scope.require(classroom);
        Span span = span(from, to, LONGEST);
        int most = Limit.of(limit);
        TrialBook.After place = after == null ? null : TuningCursor.readTrial(after);
        List<TrialBook.ShadowEpisode> found =
                TuningResource.asked(() -> book.episodes(classroom, trial, span.from(), span.to(), place, most + 1));
        List<TrialBook.ShadowEpisode> page = found.subList(0, Math.min(most, found.size()));
        return new Page<>(page, found.size() > most ? TuningCursor.write(page.getLast()) : null);
    }

    /**
     * What a trial tells, by detector.
     *
     * @param detectors those that told something by either rules
     */
    public record Report(String classroom, long trial, Instant from, Instant to, List<TrialBook.Told> detectors) {}

    /** What a trial tells of a classroom beside what was told. */
    @GET
    @Path("/trials/{classroom}/{trial}/report")
    public Report report(
            @RestPath String classroom,
            @RestPath long trial,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to) {
        TuningScope.name("classroom", classroom);
        scope.require(classroom);
        Span span = span(from, to, LONGEST);
        List<TrialBook.Told> told = TuningResource.asked(() -> book.report(classroom, trial, span.from(), span.to()));
        return new Report(classroom, trial, span.from(), span.to(), told);
    }

    /**
     * What to rehearse.
     *
     * @param app only of this one; all without it
     * @param from event time, inclusive
     * @param to event time, exclusive; at most 31 days later
     * @param tuning on top of what is live
     */
    public record Asked(
            @NotNull String classroom,
            @Nullable String app,
            @NotNull String from,
            @NotNull String to,
            @NotNull JsonNode tuning) {}

    /** Folds the stored events of a classroom by other rules, and tells how that differs. Changes nothing. */
    @POST
    @Path("/rehearsals")
    @Consumes(MediaType.APPLICATION_JSON)
    public Rehearsal.Report rehearse(@Valid @NotNull Asked asked) {
        TuningScope.name("classroom", asked.classroom());
        if (asked.app() != null) {
            TuningScope.name("app", asked.app());
        }
        scope.require(asked.classroom());
        Span span = span(asked.from(), asked.to(), LONGEST_REHEARSAL);
        Tuning tuning = TuningResource.tuning(asked.tuning());
        TrialBook.Question question =
                new TrialBook.Question(asked.classroom(), asked.app(), span.from(), span.to(), tuning);
        if (!STAGE.tryAcquire()) {
            throw new ProblemException(ProblemType.OVERLOADED, "Another rehearsal is running; try again later.");
        }
        try {
            return TuningResource.asked(() -> book.rehearse(question))
                    .orElseThrow(() -> new ProblemException(
                            ProblemType.TOO_MANY,
                            "There are more than " + TrialBook.MOST_EVENTS + " events; ask for less time or one app."));
        } finally {
            STAGE.release();
        }
    }

    private Span span(@Nullable String from, @Nullable String to, Duration longest) {
        try {
            Instant end = to == null ? clock.instant().plus(Duration.ofMinutes(1)) : EventJson.instant(to);
            Instant start = from == null ? end.minus(WEEK) : EventJson.instant(from);
            QueryParameters.check(start.isBefore(end), "from", "must be before to");
            QueryParameters.check(
                    Duration.between(start, end).compareTo(longest) <= 0,
                    "to",
                    "must be within " + longest.toDays() + " days of from");
            return new Span(start, end);
        } catch (DateTimeException e) {
            throw new ProblemException(ProblemType.INVALID, "from, to: must be instants as in ISO-8601.");
        }
    }
}
