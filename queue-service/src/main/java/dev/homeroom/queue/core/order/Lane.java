package dev.homeroom.queue.core.order;

import dev.homeroom.queue.core.ClaimFilter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tasks of one type, lesson, list of limits and of capabilities: they are offered, or passed over, together.
 *
 * @param id computed from the rest, here and in the database by {@code queue.lane}
 * @param type what kind of work
 * @param lesson whose work; null: of no lesson
 * @param limits the keys of the limits that each of its tasks needs
 * @param capabilities what a session must be able to do to get one of its tasks
 */
public record Lane(long id, String type, @Nullable String lesson, List<String> limits, List<String> capabilities) {
    private static final char BETWEEN = '\u001f';
    private static final char NO_LESSON = '\u001e';
    private static final char CAPABILITIES = '\u001d';

    /** The lane of such tasks that every session can do. */
    public static Lane of(String type, @Nullable String lesson, List<String> limits) {
        return of(type, lesson, limits, List.of());
    }

    /** The lane of such tasks. */
    public static Lane of(String type, @Nullable String lesson, List<String> limits, List<String> capabilities) {
        return new Lane(id(type, lesson, limits, capabilities), type, lesson, limits, capabilities);
    }

    /** Whether its tasks are for such claims. */
    boolean suits(ClaimFilter filter) {
        return filter.takes(type, lesson, capabilities);
    }

    private static long id(String type, @Nullable String lesson, List<String> limits, List<String> capabilities) {
        var text = new StringBuilder(64).append(type).append(BETWEEN);
        if (lesson == null) {
            text.append(NO_LESSON);
        } else {
            text.append(lesson);
        }
        text.append(BETWEEN).append(String.join(String.valueOf(BETWEEN), limits));
        if (!capabilities.isEmpty()) {
            text.append(BETWEEN).append(CAPABILITIES).append(String.join(String.valueOf(BETWEEN), capabilities));
        }
        try {
            var digest = MessageDigest.getInstance("MD5").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}
