package dev.homeroom.local.stack;

import dev.homeroom.local.token.TokenIssuer;
import dev.homeroom.local.token.TokenRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The file with the token that the services call each other with, renewed long before it lapses. */
final class ServiceToken implements AutoCloseable {
    private static final Duration TTL = Duration.ofDays(1);
    private static final long RENEW_HOURS = 6;

    private final TokenIssuer tokens;
    private final Path file;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("service-token").factory());
    private final ScheduledFuture<?> renewal;

    ServiceToken(TokenIssuer tokens, Path file) throws IOException {
        this.tokens = tokens;
        this.file = file;
        write();
        renewal = timer.scheduleAtFixedRate(this::renew, RENEW_HOURS, RENEW_HOURS, TimeUnit.HOURS);
    }

    private void write() throws IOException {
        tokens.issueTo(file, TokenRequest.of("homeroom", "service").livingFor(TTL));
    }

    /** A full disk must not end the renewals: the old token is good for three more turns. */
    private void renew() {
        try {
            write();
        } catch (IOException e) {
            System.err.println("the token of the services could not be renewed: " + e);
        }
    }

    @Override
    public void close() {
        renewal.cancel(false);
        timer.shutdownNow();
    }
}
