package dev.homeroom.metrics.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Ids that follow from what they name: UUIDs of version 5 (RFC 9562) in one namespace of our own. */
public final class NamedId {
    private static final UUID NAMESPACE = UUID.fromString("6d1f1d0e-5a0b-5f0e-9c55-7c1c7a3c0b21");

    private NamedId() {}

    /** The id of that name, whose parts must not contain the control character U+001F. */
    public static UUID of(String... parts) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(ByteBuffer.allocate(16)
                    .putLong(NAMESPACE.getMostSignificantBits())
                    .putLong(NAMESPACE.getLeastSignificantBits())
                    .flip());
            ByteBuffer hash =
                    ByteBuffer.wrap(sha1.digest(String.join("\u001f", parts).getBytes(StandardCharsets.UTF_8)));
            long high = (hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x5000L;
            long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
