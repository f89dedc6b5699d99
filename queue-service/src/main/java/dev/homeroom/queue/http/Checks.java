package dev.homeroom.queue.http;

import dev.homeroom.platform.security.Caller;
import dev.homeroom.queue.core.Owner;
import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Rejection;
import dev.homeroom.queue.core.RequestId;
import io.quarkus.security.identity.SecurityIdentity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bounds of what requests carry. Each failure is {@link Rejection.Invalid}, in words that name the field. */
final class Checks {
    /** The longest type, lesson, key or other name, in characters. */
    static final int NAME = 200;

    /** The longest name in bytes: what the coordinator takes. One that it refuses would hold up the claims it is offered to. */
    static final int NAME_BYTES = 512;

    /** The longest reason, in characters: a stack trace's beginning. */
    static final int REASON = 4_000;

    /** The most of a short list: types of a claim, limits of a task. */
    static final int TYPES = 50;

    /** The longest ttl of a claim. */
    static final Duration LONGEST_TTL = Duration.ofHours(24);

    /** The longest delay of a task. */
    static final Duration LONGEST_DELAY = Duration.ofDays(366);

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private Checks() {}

    static QueueException invalid(String detail) {
        return new QueueException(new Rejection.Invalid(detail));
    }

    static <T> T present(String field, @Nullable T value) {
        if (value == null) {
            throw invalid(field + ": is missing.");
        }
        return value;
    }

    static String name(String field, @Nullable String value) {
        var name = present(field, value);
        if (name.isEmpty()
                || name.length() > NAME
                || name.chars().anyMatch(Character::isISOControl)
                || isBroken(name)
                || name.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES) {
            throw invalid(field + ": must have 1 to " + NAME + " characters and at most " + NAME_BYTES
                    + " bytes in UTF-8, none of them a control character or half of a surrogate pair.");
        }
        return name;
    }

    /** Whether half of a surrogate pair is in it: UTF-8 has no form for it, it would be kept as a question mark. */
    static boolean isBroken(String text) {
        int at = 0;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                return true;
            }
            at += Character.charCount(point);
        }
        return false;
    }

    static @Nullable String optionalName(String field, @Nullable String value) {
        return value == null ? null : name(field, value);
    }

    static List<String> names(String field, @Nullable List<@Nullable String> values, int most) {
        if (values == null) {
            return List.of();
        }
        if (values.size() > most) {
            throw invalid(field + ": at most " + most + " are possible.");
        }
        return values.stream().map(value -> name(field, value)).distinct().toList();
    }

    static @Nullable String reason(@Nullable String value) {
        if (value != null && (value.length() > REASON || value.indexOf('\0') >= 0 || isBroken(value))) {
            throw invalid("reason: must have at most " + REASON
                    + " characters, none of them NUL or half of a surrogate pair.");
        }
        return value;
    }

    /** Who asks, as the history names it. */
    static String subject(SecurityIdentity identity) {
        var subject = Caller.of(identity).subject();
        return subject.isEmpty() ? "unknown" : subject.substring(0, Math.min(subject.length(), NAME));
    }

    static int range(String field, @Nullable Integer value, int otherwise, int least, int most) {
        int number = value == null ? otherwise : value;
        if (number < least || number > most) {
            throw invalid(field + ": must be from " + least + " to " + most + ".");
        }
        return number;
    }

    static Duration duration(
            String field, @Nullable Duration value, Duration otherwise, Duration least, Duration most) {
        var duration = value == null ? otherwise : value;
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw invalid(field + ": must be from " + least + " to " + most + ".");
        }
        return duration;
    }

    /** A time that the database can hold and people can mean: of the years 1 to 9999. */
    static @Nullable Instant time(String field, @Nullable Instant value) {
        if (value != null && (value.isBefore(EARLIEST) || value.isAfter(LATEST))) {
            throw invalid(field + ": must be in the years 1 to 9999.");
        }
        return value;
    }

    static long token(@Nullable Long token) {
        long given = present("token", token);
        if (given < 1) {
            throw invalid("token: must be the number that came with the claim.");
        }
        return given;
    }

    static Owner owner(@Nullable String session, @Nullable Long incarnation) {
        long run = present("incarnation", incarnation);
        if (run < 1) {
            throw invalid("incarnation: must be the number that came with the registration.");
        }
        return new Owner(name("session", session), run);
    }

    static RequestId request(@Nullable Long seq, @Nullable Long unanswered) {
        if (seq == null) {
            return RequestId.NONE;
        }
        long lowest = unanswered == null ? seq : unanswered;
        if (seq < 1 || lowest < 1 || lowest > seq) {
            throw invalid("seq: must be 1 or more, and unanswered from 1 to seq.");
        }
        return new RequestId(seq, lowest);
    }
}
