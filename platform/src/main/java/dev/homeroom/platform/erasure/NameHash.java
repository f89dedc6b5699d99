package dev.homeroom.platform.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keyed hash (HMAC-SHA-256) by which a service knows an erased student again. Without the key nobody can try names. Safe for
 * any thread.
 */
public final class NameHash {
    private static final String ALGORITHM = "HmacSHA256";

    private final Mac keyed;

    /** With this secret, which must not change as long as erased students shall be known. */
    public NameHash(byte[] key) {
        try {
            keyed = Mac.getInstance(ALGORITHM);
            keyed.init(new SecretKeySpec(key, ALGORITHM));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        } catch (InvalidKeyException e) {
            throw new IllegalArgumentException("not a key for " + ALGORITHM, e);
        }
    }

    /** With the words of a setting as the secret. */
    public static NameHash of(String secret) {
        return new NameHash(secret.getBytes(UTF_8));
    }

    /** The hash of a student's name: 32 bytes. */
    public byte[] hash(String student) {
        try {
            // A copy, for a Mac is not for several threads.
            return ((Mac) keyed.clone()).doFinal(student.getBytes(UTF_8));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the Mac of this platform cannot be copied", e);
        }
    }
}
