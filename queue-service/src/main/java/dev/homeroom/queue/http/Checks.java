package dev.homeroom.queue.http;

import dev.homeroom.queue.core.Owner;
import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Rejection;
import dev.homeroom.queue.core.RequestId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bounds of what requests carry. Each failure is {@link Rejection.Invalid}, in words that name the field. */
final class Checks {
    /** The longest type, lesson, key or other name, in characters. */
    static final int NAME = 200;

    /** The longest reason, in characters: a stack trace's beginning. */
    static final int REASON = 4_000;

    /** The most of a short list: types of a claim, limits of a task. */
    static final int TYPES = 50;

    /** The longest ttl of a claim. */
    static final Duration LONGEST_TTL = Duration.ofHours(24);

    /** The longest delay of a task. */
    static final Duration LONGEST_DELAY = Duration.ofDays(366);

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
        if (name.isEmpty() || name.length() > NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw invalid(field + ": must have 1 to " + NAME + " characters, none of them a control character.");
        }
        return name;
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
        if (value != null && (value.length() > REASON || value.indexOf('\0') >= 0)) {
            throw invalid("reason: must have at most " + REASON + " characters, and no NUL.");
        }
        return value;
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
