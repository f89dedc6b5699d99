package dev.homeroom.dashboard.http;

import dev.homeroom.contracts.alert.Alert;
import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.dashboard.AlertBook;
import dev.homeroom.dashboard.core.AlertStatus;
import dev.homeroom.dashboard.core.Command;
import dev.homeroom.platform.page.Page;
import dev.homeroom.platform.problem.ProblemException;
import dev.homeroom.platform.security.ClassroomScope;
import dev.homeroom.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Alerts of a classroom, and what a teacher does about them (R-T1). */
@Path("/api")
public class AlertsResource {
    /** How long an alert stays quiet when the teacher names no time. */
    static final Duration SNOOZE = Duration.ofMinutes(10);

    /** The longest snooze: a school day. */
    static final Duration LONGEST_SNOOZE = Duration.ofHours(8);

    private final AlertBook alerts;
    private final ClassroomScope scope;
    private final Clock clock = Clock.systemUTC();

    /** Takes the book, and whose request it is. */
    AlertsResource(AlertBook alerts, ClassroomScope scope) {
        this.alerts = alerts;
        this.scope = scope;
    }

    /** Alerts of a classroom, latest first; {@code status} is a list of statuses, {@code active} for the first three. */
    @GET
    @Path("/classroom/{id}/alerts")
    @RolesAllowed({Roles.TEACHER, Roles.ADMIN, Roles.SERVICE})
    public Uni<Page<Alert>> list(
            @RestPath @Size(max = 200) String id,
            @QueryParam("status") @Nullable String status,
            @QueryParam("after") @Nullable UUID after,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(500) int limit) {
        scope.require(id);
        return alerts.list(id, statuses(status), after, limit)
                .map(items -> new Page<>(
                        items, items.size() < limit ? null : items.getLast().id()));
    }

    /** Numbered changes of a classroom's alerts after a number: how a stream fills its holes. */
    @GET
    @Path("/classroom/{id}/alert-changes")
    @RolesAllowed({Roles.TEACHER, Roles.ADMIN, Roles.SERVICE})
    public Uni<AlertBook.History> changes(
            @RestPath @Size(max = 200) String id,
            @QueryParam("after") @DefaultValue("0") @Min(0) long after,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(500) int limit) {
        scope.require(id);
        return alerts.history(id, after, limit);
    }

    /** The teacher has seen it. */
    @POST
    @Path("/alerts/{id}/acknowledge")
    @RolesAllowed({Roles.TEACHER, Roles.ADMIN})
    public Uni<Alert> acknowledge(@RestPath UUID id, @Valid @Nullable Action body) {
        return act(id, Command.Action.ACKNOWLEDGE, Action.orEmpty(body), null);
    }

    /** The teacher wants to hear of it later. */
    @POST
    @Path("/alerts/{id}/snooze")
    @RolesAllowed({Roles.TEACHER, Roles.ADMIN})
    public Uni<Alert> snooze(@RestPath UUID id, @Valid @Nullable Snooze body) {
        var snooze = body == null ? new Snooze(null, null, null, null) : body;
        return act(id, Command.Action.SNOOZE, new Action(snooze.requestId(), snooze.reason()), until(snooze));
    }

    /** It is dealt with. */
    @POST
    @Path("/alerts/{id}/resolve")
    @RolesAllowed({Roles.TEACHER, Roles.ADMIN})
    public Uni<Alert> resolve(@RestPath UUID id, @Valid @Nullable Action body) {
        return act(id, Command.Action.RESOLVE, Action.orEmpty(body), null);
    }

    /** It was wrong. */
    @POST
    @Path("/alerts/{id}/dismiss")
    @RolesAllowed({Roles.TEACHER, Roles.ADMIN})
    public Uni<Alert> dismiss(@RestPath UUID id, @Valid @Nullable Action body) {
        return act(id, Command.Action.DISMISS, Action.orEmpty(body), null);
    }

    private Uni<Alert> act(UUID id, Command.Action action, Action body, @Nullable Instant until) {
        return alerts.find(id).flatMap(found -> {
            var alert = found.orElseThrow(() -> unknown(id));
            scope.require(alert.classroom());
            var act = new Command.Act(alert.id(), action, scope.caller().subject(), now(), until, body.reason());
            return alerts.act(alert.classroom(), new AlertBook.Request(act, body.requestId()))
                    .map(done -> switch (done) {
                        case AlertBook.Done.Yes(var after) -> after;
                        case AlertBook.Done.Unknown() -> throw unknown(id);
                        case AlertBook.Done.WrongStatus(var status) ->
                            throw new ProblemException(
                                    ProblemType.CONFLICT,
                                    "The alert is " + status.word() + " already.",
                                    Map.of("status", status.word()));
                    });
        });
    }

    private Instant until(Snooze snooze) {
        var now = now();
        if (snooze.until() != null && snooze.duration() != null) {
            throw invalid("Give until or duration, not both.");
        }
        var until = snooze.until() != null
                ? snooze.until()
                : now.plus(snooze.duration() == null ? SNOOZE : snooze.duration());
        if (!until.isAfter(now) || until.isAfter(now.plus(LONGEST_SNOOZE))) {
            throw invalid("A snooze ends in the future, within " + LONGEST_SNOOZE.toHours() + " hours.");
        }
        return until;
    }

    private static Set<AlertStatus> statuses(@Nullable String words) {
        if (words == null || words.isBlank()) {
            return EnumSet.allOf(AlertStatus.class);
        }
        try {
            return Arrays.stream(words.split(",", -1))
                    .flatMap(word -> word.equals("active")
                            ? Arrays.stream(AlertStatus.values()).filter(AlertStatus::active)
                            : Arrays.stream(new AlertStatus[] {AlertStatus.of(word.strip())}))
                    .collect(Collectors.toSet());
        } catch (IllegalArgumentException e) {
            throw invalid("status is a list of open, acknowledged, snoozed, resolved, dismissed, or active.");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static ProblemException unknown(UUID id) {
        return new ProblemException(ProblemType.NOT_FOUND, "There is no alert " + id + ".");
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(ProblemType.INVALID, detail);
    }

    /**
     * What may come with an action.
     *
     * @param requestId makes a repeat harmless
     * @param reason the teacher's words
     */
    public record Action(
            @Nullable UUID requestId,
            @Size(max = 1000) @Nullable String reason) {
        static Action orEmpty(@Nullable Action body) {
            return body == null ? new Action(null, null) : body;
        }
    }

    /**
     * What may come with a snooze; {@link #SNOOZE} when it names no time.
     *
     * @param requestId makes a repeat harmless
     * @param until the end, or
     * @param duration how long
     * @param reason the teacher's words
     */
    public record Snooze(
            @Nullable UUID requestId,
            @Nullable Instant until,
            @Nullable Duration duration,
            @Size(max = 1000) @Nullable String reason) {}
}
