package dev.homeroom.queue.core.order;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tasks of one type, lesson and list of limits: they are offered, or passed over, together.
 *
 * @param id computed from the rest, here and in the database by {@code queue.lane}
 * @param type what kind of work
 * @param lesson whose work; null: of no lesson
 * @param limits the keys of the limits that each of its tasks needs
 */
public record Lane(long id, String type, @Nullable String lesson, List<String> limits) {
    private static final char BETWEEN = '\u001f';
    private static final char NO_LESSON = '\u001e';

    /** The lane of such tasks. */
    public static Lane of(String type, @Nullable String lesson, List<String> limits) {
        return new Lane(id(type, lesson, limits), type, lesson, limits);
    }

    private static long id(String type, @Nullable String lesson, List<String> limits) {
        var text = new StringBuilder(64).append(type).append(BETWEEN);
        if (lesson == null) {
            text.append(NO_LESSON);
        } else {
            text.append(lesson);
        }
        text.append(BETWEEN);
        for (int i = 0; i < limits.size(); i++) {
            if (i > 0) {
                text.append(BETWEEN);
            }
            text.append(limits.get(i));
        }
        try {
            var digest = MessageDigest.getInstance("MD5").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}
