package dev.homeroom.platform.security;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for a short time which tokens were found good: agents send the same token with every request, and checking its
 * signature took more processor time than all else that a lock needs (measured). Refusals are never remembered. A token
 * is checked again after {@link #TRUSTED}, so a key that was taken out of use lets nobody in for longer, and always once
 * its {@code exp} has passed. Thread-safe.
 */
@ApplicationScoped
@Alternative
@Priority(1)
public class VerifiedTokens extends JWTCallerPrincipalFactory {
    /** How long a check holds. */
    static final Duration TRUSTED = Duration.ofMinutes(1);
    /** Tokens that are remembered; over it all are forgotten. About 2 KB each. */
    static final int MOST = 10_000;

    private static final long MILLIS_PER_SECOND = 1_000;

    private final JWTCallerPrincipalFactory check;
    private final InstantSource clock;
    private final ConcurrentMap<String, Known> known = new ConcurrentHashMap<>();

    private record Known(JWTCallerPrincipal principal, JWTAuthContextInfo rules, long untilMillis) {}

    /** Over the check of the framework. */
    public VerifiedTokens() {
        this(new DefaultJWTCallerPrincipalFactory(), InstantSource.system());
    }

    VerifiedTokens(JWTCallerPrincipalFactory check, InstantSource clock) {
        this.check = check;
        this.clock = clock;
    }

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo rules) throws ParseException {
        long now = clock.millis();
        @Nullable Known found = known.get(token);
        // The same object of rules: a caller that verifies by rules of its own gets a check of its own.
        if (found != null && found.rules == rules && now < found.untilMillis) {
            return found.principal;
        }
        JWTCallerPrincipal principal = check.parse(token, rules);
        long until = Math.min(now + TRUSTED.toMillis(), principal.getExpirationTime() * MILLIS_PER_SECOND);
        if (until > now) {
            if (known.size() >= MOST) {
                known.clear();
            }
            known.put(token, new Known(principal, rules, until));
        }
        return principal;
    }
}
