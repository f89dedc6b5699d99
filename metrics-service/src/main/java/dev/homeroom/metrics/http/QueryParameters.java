package dev.homeroom.metrics.http;

import dev.homeroom.contracts.event.EventJson;
import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.metrics.edge.Text;
import dev.homeroom.metrics.query.Bucket;
import dev.homeroom.metrics.query.Cursor;
import dev.homeroom.metrics.query.Question;
import dev.homeroom.platform.page.Limit;
import dev.homeroom.platform.problem.ProblemException;
import dev.homeroom.platform.security.ClassroomScope;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The parameters of the questions, in the address. Each route takes some of them and refuses all others. */
public class QueryParameters {
    private static final int LONGEST_NAME = 200;
    /** Without {@code from}. */
    private static final Duration WEEK = Duration.ofDays(7);
    /** A school year. */
    private static final Duration LONGEST = Duration.ofDays(366);

    private static final Set<String> STATUSES = Set.of("open", "closed", "retracted");

    @QueryParam("classroom")
    @Nullable
    String classroom;

    @QueryParam("student")
    @Nullable
    String student;

    @QueryParam("app")
    @Nullable
    String app;

    @QueryParam("skill")
    @Nullable
    String skill;

    @QueryParam("detector")
    @Nullable
    String detector;

    @QueryParam("status")
    @Nullable
    String status;

    @QueryParam("bucket")
    @Nullable
    String bucket;

    @QueryParam("from")
    @Nullable
    String from;

    @QueryParam("to")
    @Nullable
    String to;

    @QueryParam("after")
    @Nullable
    String after;

    @QueryParam("limit")
    @Nullable
    Integer limit;

    @Context
    @Nullable
    UriInfo address;

    /** Refuses what is not among these, and what is given twice: a misspelt filter must not answer everything. */
    QueryParameters only(String... names) {
        Set<String> known = new TreeSet<>(List.of(names));
        if (address != null) {
            address.getQueryParameters().forEach((name, values) -> {
                check(
                        known.contains(name),
                        name,
                        "there is no such parameter here; known are " + String.join(", ", known));
                check(values.size() == 1, name, "must be given once");
            });
        }
        return this;
    }

    /** The classroom, which must be given and be the caller's. */
    String classroom(ClassroomScope scope) {
        check(classroom != null, "classroom", "is missing");
        return name(scope);
    }

    /** What is asked, within the caller's classrooms; {@code key} is how many parts the key of the list has. */
    Question question(ClassroomScope scope, int key) {
        Instant end = instant("to", to, Clock.systemUTC().instant().plus(Duration.ofMinutes(1)));
        Instant start = instant("from", from, end.minus(WEEK));
        check(start.isBefore(end), "from", "must be before to");
        check(Duration.between(start, end).compareTo(LONGEST) <= 0, "to", "must be within 366 days of from");
        check(status == null || STATUSES.contains(status), "status", "must be open, closed or retracted");
        name("student", student);
        name("app", app);
        name("detector", detector);
        // An empty skill is asked for: events without one.
        if (skill != null && !skill.isEmpty()) {
            name("skill", skill);
        }
        return new Question(
                classrooms(scope), student, app, skill, detector, status, start, end, cursor(key), Limit.of(limit));
    }

    /** The bucket asked for, one of these; the hour without one. */
    Bucket bucket(Set<Bucket> offered) {
        Bucket found = bucket == null ? Bucket.HOUR : Bucket.of(bucket).orElse(null);
        if (found == null || !offered.contains(found)) {
            throw fault(
                    "bucket",
                    "must be "
                            + String.join(
                                    " or ",
                                    offered.stream().map(Bucket::word).sorted().toList()));
        }
        return found;
    }

    private @Nullable List<String> classrooms(ClassroomScope scope) {
        if (classroom != null) {
            return List.of(name(scope));
        }
        return scope.all() ? null : List.copyOf(scope.classrooms());
    }

    private String name(ClassroomScope scope) {
        String given = String.valueOf(classroom);
        name("classroom", given);
        scope.require(given);
        return given;
    }

    private static void name(String field, @Nullable String text) {
        String fault = text == null ? null : Text.fault(text, LONGEST_NAME);
        check(fault == null, field, String.valueOf(fault));
    }

    private @Nullable Cursor cursor(int key) {
        try {
            return after == null ? null : Cursor.of(after, key);
        } catch (IllegalArgumentException e) {
            throw badCursor();
        }
    }

    /** What is wrong with an {@code after} that no page gave. */
    static ProblemException badCursor() {
        return fault("after", "must be the next of a page of this list");
    }

    private static Instant instant(String field, @Nullable String text, Instant otherwise) {
        try {
            return text == null ? otherwise : EventJson.instant(text);
        } catch (DateTimeException e) {
            throw fault(field, "must be an instant as in ISO-8601");
        }
    }

    static void check(boolean holds, String field, String words) {
        if (!holds) {
            throw fault(field, words);
        }
    }

    private static ProblemException fault(String field, String words) {
        String known = field.length() > 100 ? field.substring(0, 100) : field;
        return new ProblemException(ProblemType.INVALID, known + ": " + words + ".", Map.of("field", known));
    }
}
