package dev.homeroom.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import java.time.Duration;
import java.time.Instant;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class VerifiedTokensTest {
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    private final JWTAuthContextInfo rules = new JWTAuthContextInfo();
    private Instant now = START;
    private int checks;
    private final VerifiedTokens tokens = new VerifiedTokens(new Check(), () -> now);

    /** Stands for the framework: "bad…" is refused, "short…" expires after 10 s, everything else after an hour. */
    private final class Check extends JWTCallerPrincipalFactory {
        @Override
        public JWTCallerPrincipal parse(String token, JWTAuthContextInfo info) throws ParseException {
            checks++;
            if (token.startsWith("bad")) {
                throw new ParseException("refused");
            }
            JwtClaims claims = new JwtClaims();
            claims.setSubject(token);
            Duration life = token.startsWith("short") ? Duration.ofSeconds(10) : Duration.ofHours(1);
            claims.setExpirationTime(NumericDate.fromSeconds(START.plus(life).getEpochSecond()));
            return new DefaultJWTCallerPrincipal(token, "JWT", claims);
        }
    }

    @Test
    @DisplayName("R-P3 a token is checked once a minute, not with every request")
    void once() throws ParseException {
        JWTCallerPrincipal first = tokens.parse("a", rules);
        now = START.plus(VerifiedTokens.TRUSTED).minusMillis(1);
        assertThat(tokens.parse("a", rules)).isSameAs(first);
        assertThat(checks).isEqualTo(1);
        now = START.plus(VerifiedTokens.TRUSTED);
        assertThat(tokens.parse("a", rules)).isNotSameAs(first);
        assertThat(checks).isEqualTo(2);
    }

    @Test
    @DisplayName("an expired token is checked again, however lately it was good")
    void expiry() throws ParseException {
        tokens.parse("short", rules);
        now = START.plusSeconds(10);
        tokens.parse("short", rules);
        tokens.parse("short", rules);
        assertThat(checks).isEqualTo(3);
    }

    @Test
    @DisplayName("a refusal is not remembered, and other rules mean another check")
    void refusals() throws ParseException {
        assertThatThrownBy(() -> tokens.parse("bad", rules)).isInstanceOf(ParseException.class);
        assertThatThrownBy(() -> tokens.parse("bad", rules)).isInstanceOf(ParseException.class);
        tokens.parse("a", rules);
        tokens.parse("a", new JWTAuthContextInfo());
        assertThat(checks).isEqualTo(4);
    }

    @Test
    @DisplayName("what is remembered is bounded")
    void bounded() throws ParseException {
        for (int i = 0; i <= VerifiedTokens.MOST; i++) {
            tokens.parse("t" + i, rules);
        }
        tokens.parse("t0", rules);
        assertThat(checks).isEqualTo(VerifiedTokens.MOST + 2);
    }
}
