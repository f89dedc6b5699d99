package dev.homeroom.metrics.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Where a page ended: the key of its last row, as a word that clients send back and need not understand.
 *
 * @param parts of the key, in the order of the list
 */
public record Cursor(List<String> parts) {
    private static final int LONGEST = 4_000;
    /** The separator; names cannot contain it. */
    private static final String BETWEEN = "\u001f";

    public Cursor {
        parts = List.copyOf(parts);
    }

    /** After the row with this key. */
    public static Cursor after(Object... key) {
        return new Cursor(Arrays.stream(key).map(String::valueOf).toList());
    }

    /**
     * Reads a word.
     *
     * @throws IllegalArgumentException when it is not one of {@link #word} of a key with so many parts
     */
    public static Cursor of(String word, int parts) {
        if (word.length() > LONGEST) {
            throw new IllegalArgumentException("too long");
        }
        String text = new String(Base64.getUrlDecoder().decode(word), UTF_8);
        Cursor cursor = new Cursor(List.of(text.split(BETWEEN, -1)));
        boolean clean = cursor.parts().stream().noneMatch(part -> part.chars().anyMatch(Character::isISOControl));
        if (cursor.parts().size() != parts || !cursor.word().equals(word) || !clean) {
            throw new IllegalArgumentException("not a cursor of this list");
        }
        return cursor;
    }

    /** The word for clients. */
    public String word() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(BETWEEN, parts).getBytes(UTF_8));
    }
}
