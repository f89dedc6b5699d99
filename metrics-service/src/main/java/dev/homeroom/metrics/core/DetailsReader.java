package dev.homeroom.metrics.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@link Details} from the free part of a metric event, under the names that {@code docs/metrics-events.md}
 * documents. The part is free: what does not have the form or the bounds told there is passed over, never refused.
 */
public final class DetailsReader {
    private static final int FARTHEST_PIXEL = 1_000_000;
    private static final int DEEPEST_HINT = 1_000;
    private static final int LONGEST_ERROR = 500;
    private static final int HASH_BYTES = 8;
    /** Numbers that stand alone: not the digits in a name or in a hash. */
    private static final Pattern NUMBERS = Pattern.compile("\\b[0-9]+\\b");

    private static final Pattern SPACES = Pattern.compile("\\s+");
    /** Units that make the value of an event a duration, in milliseconds. */
    private static final Map<String, Long> TIME_UNITS = Map.of("ms", 1L, "s", 1_000L, "min", 60_000L);

    private final Map<String, Object> context;

    private DetailsReader(Map<String, Object> context) {
        this.context = context;
    }

    /**
     * Reads what an event tells.
     *
     * @param context the free part, if any
     * @param value the figure of the event, if any
     * @param unit of {@code value}; {@code ms}, {@code s} and {@code min} make it a duration
     */
    public static Details read(@Nullable Map<String, Object> context, @Nullable Double value, @Nullable String unit) {
        if ((context == null || context.isEmpty()) && value == null) {
            return Details.NONE;
        }
        Details details = new DetailsReader(context == null ? Map.of() : context).details(value, unit);
        return details.equals(Details.NONE) ? Details.NONE : details;
    }

    private Details details(@Nullable Double value, @Nullable String unit) {
        Duration told = duration("durationMs", 1);
        Long scale = value == null || unit == null ? null : TIME_UNITS.get(unit);
        Duration measured = scale == null || value == null ? null : duration(value, scale);
        return new Details(
                whole("x", -FARTHEST_PIXEL, FARTHEST_PIXEL),
                whole("y", -FARTHEST_PIXEL, FARTHEST_PIXEL),
                clicks(),
                flag("expectsRepeats"),
                flag("dead"),
                duration("reactionMs", 1),
                error(),
                whole("hintDepth", 1, DEEPEST_HINT),
                flag("bottomOut"),
                told == null ? measured : told,
                value);
    }

    private @Nullable Double number(String name) {
        return context.get(name) instanceof Number number && Double.isFinite(number.doubleValue())
                ? (Double) number.doubleValue()
                : null;
    }

    private @Nullable Integer whole(String name, int least, int most) {
        Double number = number(name);
        return number == null || number < least || number > most ? null : (Integer) (int) Math.round(number);
    }

    private @Nullable Integer clicks() {
        Double number = number("clicks");
        return number == null || number < 1 ? null : (Integer) (int) Math.min(number, Details.MOST_CLICKS);
    }

    private @Nullable Boolean flag(String name) {
        return context.get(name) instanceof Boolean flag ? flag : null;
    }

    private @Nullable Duration duration(String name, long scale) {
        Double number = number(name);
        return number == null ? null : duration(number, scale);
    }

    private static @Nullable Duration duration(double number, long scale) {
        double millis = number * scale;
        return millis < 0 || millis > Details.LONGEST.toMillis() ? null : Duration.ofMillis(Math.round(millis));
    }

    /** Errors that differ in numbers that stand alone (lines, columns), case or spaces only are the same error. */
    private @Nullable String error() {
        if (!(context.get("error") instanceof String text) || text.isBlank()) {
            return null;
        }
        String cut = text.length() > LONGEST_ERROR ? text.substring(0, LONGEST_ERROR) : text;
        String plain = SPACES.matcher(NUMBERS.matcher(cut).replaceAll("#")).replaceAll(" ");
        return hash(Objects.requireNonNull(plain).strip().toLowerCase(Locale.ROOT));
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
