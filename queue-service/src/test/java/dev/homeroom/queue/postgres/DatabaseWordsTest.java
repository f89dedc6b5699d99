package dev.homeroom.queue.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Rejection;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

/** A PostgreSQL that dies is never a defect of ours: callers are told to try again, and whether it may have happened. */
class DatabaseWordsTest {
    @Test
    void whatWasUnderWayWhenTheConnectionBrokeIsUnknown() {
        assertThat(rejection(ClosedConnectionException.INSTANCE)).isInstanceOf(Rejection.TimedOut.class);
        assertThat(rejection(new IOException("Connection reset by peer"))).isInstanceOf(Rejection.TimedOut.class);
        assertThat(rejection(new NoStackTraceThrowable("Connection is not active now, current status: CLOSING")))
                .isInstanceOf(Rejection.TimedOut.class);
    }

    @Test
    void aConnectionThatWasNotMadeDidNothing() {
        assertThat(rejection(new ConnectException("Connection refused"))).isInstanceOf(Rejection.Unavailable.class);
    }

    @Test
    void anythingElseIsADefect() {
        IllegalStateException defect = new IllegalStateException("ours");
        assertThat(Database.inOurWords(defect)).isSameAs(defect);
    }

    private static Rejection rejection(Throwable failure) {
        return ((QueueException) Database.inOurWords(failure)).rejection();
    }
}
