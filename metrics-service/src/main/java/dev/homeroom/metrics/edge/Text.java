package dev.homeroom.metrics.edge;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What text the edge takes: nothing that a database, a log or a page would choke on. */
public final class Text {
    private static final int UUID_LENGTH = 36;

    private Text() {}

    /** What is wrong with a name: empty, too long, control characters or half a surrogate pair; null when nothing is. */
    public static @Nullable String fault(String text, int longest) {
        if (text.isBlank()) {
            return "must not be empty";
        }
        if (text.length() > longest) {
            return "must not be longer than " + longest + " characters";
        }
        return isClean(text, false) ? null : "must not contain control characters or broken surrogates";
    }

    /** Whether text holds only whole characters, and of control characters at most tabs and line ends if they may. */
    static boolean isClean(String text, boolean lines) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) && !(lines && (c == '\n' || c == '\r' || c == '\t'))) {
                return false;
            }
            if (Character.isHighSurrogate(c)) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            } else if (Character.isLowSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    /** The UUID in its one canonical form, in either case; null for anything else ({@link UUID#fromString} is lenient). */
    public static @Nullable UUID uuid(String text) {
        if (text.length() != UUID_LENGTH) {
            return null;
        }
        for (int i = 0; i < UUID_LENGTH; i++) {
            char c = text.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? c != '-' : c > 'f' || Character.digit(c, 16) < 0) {
                return null;
            }
        }
        return UUID.fromString(text);
    }

    /** The text, cut to what a detail may repeat of what somebody sent. */
    static String cut(String text) {
        String clean = text.codePoints()
                .map(c -> Character.isISOControl(c) || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                        ? '?'
                        : c)
                .limit(40)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return clean.length() < text.length() ? clean + "…" : clean;
    }
}
