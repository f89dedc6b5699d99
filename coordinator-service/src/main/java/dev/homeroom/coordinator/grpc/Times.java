package dev.homeroom.coordinator.grpc;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;

/** Milliseconds of the core in the types of Protobuf. */
final class Times {
    private static final long MILLIS = 1_000;
    private static final int NANOS = 1_000_000;

    private Times() {}

    static Duration duration(long millis) {
        return Duration.newBuilder()
                .setSeconds(millis / MILLIS)
                .setNanos((int) (millis % MILLIS) * NANOS)
                .build();
    }

    static Timestamp timestamp(long wallMillis) {
        return Timestamp.newBuilder()
                .setSeconds(Math.floorDiv(wallMillis, MILLIS))
                .setNanos((int) Math.floorMod(wallMillis, MILLIS) * NANOS)
                .build();
    }

    /** Milliseconds, 0 among them; never overflowing. */
    static long exactMillis(Duration duration) {
        return Math.clamp(duration.getSeconds(), -1, Integer.MAX_VALUE) * MILLIS + duration.getNanos() / NANOS;
    }

    /** Milliseconds, at least 1 when it is there and positive: it must not read as absent. */
    static long millis(boolean present, Duration duration) {
        if (!present) {
            return 0;
        }
        long millis = Math.addExact(
                Math.multiplyExact(Math.clamp(duration.getSeconds(), -1, Integer.MAX_VALUE), MILLIS),
                duration.getNanos() / NANOS);
        return millis == 0 ? 1 : millis;
    }

    static long millis(Timestamp timestamp) {
        return Math.clamp(timestamp.getSeconds(), 0, Integer.MAX_VALUE * 128L) * MILLIS + timestamp.getNanos() / NANOS;
    }
}
