package dev.homeroom.local.testing;

import dev.homeroom.local.process.Directories;
import dev.homeroom.local.token.TokenIssuer;
import dev.homeroom.local.token.TokenRequest;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Gives a Quarkus test a key pair: its public key as {@code mp.jwt.verify.publickey.location}, the issuer, and the file
 * with a token of role {@code service}. {@link #issuer()} signs tokens that the service under test accepts.
 */
public final class JwtResource implements QuarkusTestResourceLifecycleManager {
    private static final String SERVICE_TOKEN = "service.jwt";

    @Override
    public Map<String, String> start() {
        return Map.of(
                "mp.jwt.verify.publickey.location",
                        issuer().publicKeyFile().toUri().toString(),
                "mp.jwt.verify.issuer", TokenIssuer.ISSUER,
                "homeroom.service-token-file",
                        directory().resolve(SERVICE_TOKEN).toString());
    }

    /** The issuer of this JVM's tests; the first call makes its key pair. */
    public static TokenIssuer issuer() {
        try {
            return TokenIssuer.open(directory());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A token of one role for every classroom. */
    public static String token(String role) {
        return issuer().issue(TokenRequest.of("test-" + role, role));
    }

    private static Path directory() {
        return Path.of(Shared.value("homeroom.test.running.jwt", JwtResource::prepare));
    }

    private static String prepare() throws IOException {
        Path directory = Directories.scratch("jwt");
        TokenIssuer.openOrCreate(directory)
                .issueTo(directory.resolve(SERVICE_TOKEN), TokenRequest.of("test-service", "service"));
        Shared.atExit(() -> Directories.delete(directory));
        return directory.toString();
    }

    @Override
    public void stop() {
        // The key pair lives as long as the JVM.
    }
}
