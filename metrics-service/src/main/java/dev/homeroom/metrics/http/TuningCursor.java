package dev.homeroom.metrics.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeroom.metrics.core.TunedRules.Scope;
import dev.homeroom.metrics.tuning.Mode;
import dev.homeroom.metrics.tuning.TrialBook;
import dev.homeroom.metrics.tuning.TuningBook;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;

/** Where the lists of tunings and trials go on, as text: the key of the last one, in no form that anybody should rely on. */
final class TuningCursor {
    private static final String BETWEEN = "\u001f";

    private TuningCursor() {}

    static String write(TuningBook.Kept last) {
        return text(last.scope().classroom(), last.scope().app(), last.mode().word());
    }

    static TuningBook.Place read(String after) {
        String[] parts = parts(after);
        try {
            return new TuningBook.Place(new Scope(parts[0], parts[1]), Mode.valueOf(parts[2].toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            throw QueryParameters.badCursor();
        }
    }

    static String write(TrialBook.ShadowEpisode last) {
        return text(
                last.since().toString(), String.valueOf(last.trial()), last.id().toString());
    }

    static TrialBook.After readTrial(String after) {
        String[] parts = parts(after);
        try {
            return new TrialBook.After(Instant.parse(parts[0]), Long.parseLong(parts[1]), UUID.fromString(parts[2]));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw QueryParameters.badCursor();
        }
    }

    private static String text(String... parts) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(BETWEEN, parts).getBytes(UTF_8));
    }

    private static String[] parts(String after) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(after), UTF_8).split(BETWEEN, -1);
            if (parts.length == 3) {
                return parts;
            }
        } catch (IllegalArgumentException e) {
            // Told below, like everything that no page gave.
        }
        throw QueryParameters.badCursor();
    }
}
