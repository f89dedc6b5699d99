package dev.homeroom.e2e;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** Waiting for what must come, bounded: the limit says that it never came, not how fast it has to be. */
final class Patiently {
    static final Duration LIMIT = Duration.ofMinutes(4);

    private Patiently() {}

    /** Sends the request until the system gives an answer other than "not now". */
    static Api.Answer answered(Callable<Api.Answer> request) {
        return until("an answer other than 'not now'", request, answer -> !answer.tryAgain());
    }

    static <T> T until(String what, Callable<T> look, Predicate<? super T> there) {
        return await(what)
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(look, there);
    }
}
