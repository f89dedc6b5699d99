package dev.homeroom.platform.page;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.platform.problem.ProblemException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many items a page may have. */
public final class Limit {
    /** Without {@code ?limit}. */
    public static final int DEFAULT = 100;
    /** The largest page: some hundred KB of JSON. */
    public static final int MOST = 1000;

    private Limit() {}

    /**
     * The limit to use for what the request asked for.
     *
     * @throws ProblemException {@code invalid} when it is not within 1 to {@value #MOST}
     */
    public static int of(@Nullable Integer asked) {
        if (asked == null) {
            return DEFAULT;
        }
        if (asked < 1 || asked > MOST) {
            throw new ProblemException(
                    ProblemType.INVALID, "limit: must be from 1 to " + MOST + ".", Map.of("field", "limit"));
        }
        return asked;
    }
}
