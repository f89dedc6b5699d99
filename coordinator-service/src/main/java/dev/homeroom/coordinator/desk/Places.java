package dev.homeroom.coordinator.desk;

import dev.homeroom.coordinator.Refused;
import dev.homeroom.coordinator.core.Cursor;
import dev.homeroom.coordinator.core.Rejection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Places in the stream of changes as the interfaces write them: {@code index:ordinal}. */
public final class Places {
    private static final Pattern PLACE = Pattern.compile("(\\d{1,18}):(-1|\\d{1,9})");

    private Places() {}

    /** The text of a place. */
    public static String text(Cursor place) {
        return place.index() + ":" + place.ordinal();
    }

    /**
     * The place a text means; null for an empty one.
     *
     * @throws Refused {@code INVALID} when it means none
     */
    public static @Nullable Cursor place(String text) {
        if (text.isEmpty()) {
            return null;
        }
        Matcher matcher = PLACE.matcher(text);
        if (!matcher.matches()) {
            throw new Refused(Rejection.of(Rejection.Reason.INVALID, "a cursor is a text that an earlier answer gave"));
        }
        return new Cursor(Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }
}
