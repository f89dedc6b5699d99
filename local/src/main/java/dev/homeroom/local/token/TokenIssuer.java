package dev.homeroom.local.token;

import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Signs tokens for a local stack with the key pair in its data directory. Thread-safe. */
public final class TokenIssuer {
    /** The {@code iss} claim. */
    public static final String ISSUER = "homeroom";

    private static final String PRIVATE = "homeroom.key.pem";
    private static final String PUBLIC = "homeroom.pub.pem";

    private final Path directory;
    private final PrivateKey key;
    private final Clock clock;

    private TokenIssuer(Path directory, PrivateKey key, Clock clock) {
        this.directory = directory;
        this.key = key;
        this.clock = clock;
    }

    /**
     * The issuer of this directory; the key pair is made when there is none.
     *
     * @throws IOException when the files cannot be written or read
     */
    public static TokenIssuer openOrCreate(Path directory) throws IOException {
        Files.createDirectories(directory);
        if (!Files.exists(directory.resolve(PRIVATE)) || !Files.exists(directory.resolve(PUBLIC))) {
            SigningKey.create(directory.resolve(PRIVATE), directory.resolve(PUBLIC));
        }
        return open(directory);
    }

    /** The issuer of a directory that has a key pair already. */
    public static TokenIssuer open(Path directory) throws IOException {
        return new TokenIssuer(directory, SigningKey.read(directory.resolve(PRIVATE)), Clock.systemUTC());
    }

    /** Whether {@link #open} would find a key pair. */
    public static boolean exists(Path directory) {
        return Files.exists(directory.resolve(PRIVATE)) && Files.exists(directory.resolve(PUBLIC));
    }

    /** A signed token (RS256), valid from now. */
    public String issue(TokenRequest request) {
        Instant now = clock.instant();
        JwtClaimsBuilder claims = Jwt.issuer(ISSUER)
                .subject(request.subject())
                .upn(request.subject())
                .groups(request.roles())
                .claim("jti", UUID.randomUUID().toString())
                .claim("classrooms", List.copyOf(request.classrooms()))
                .issuedAt(now.getEpochSecond())
                .expiresAt(now.plus(request.ttl()).getEpochSecond());
        if (request.app() != null) {
            claims.claim("app", request.app());
        }
        if (request.student() != null) {
            claims.claim("student", request.student());
        }
        return claims.sign(key);
    }

    /** Writes a token to a file that only its owner can read; an existing one is replaced in one step. */
    public void issueTo(Path file, TokenRequest request) throws IOException {
        SigningKey.write(file, issue(request), "rw-------");
    }

    /** The PEM file that verifies the tokens. */
    public Path publicKeyFile() {
        return directory.resolve(PUBLIC);
    }
}
