package dev.homeroom.e2e.linearizable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Records operations on objects that are told apart by a key. Thread-safe. The times of one JVM's clock are taken around
 * each operation, never inside it, so two operations look concurrent rather than ordered where that is not certain.
 */
public final class History<I, O> {
    private final LongSupplier nanos;
    private final Map<String, List<Operation<I, O>>> done = new TreeMap<>();
    private final List<Call> open = new ArrayList<>();

    /** Empty; {@code nanos} is the clock. */
    public History(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** An operation begins; without another word about it, it stays open. */
    public Call invoke(String key, int client, I input) {
        Call call = new Call(key, client, input, nanos.getAsLong());
        synchronized (done) {
            open.add(call);
        }
        return call;
    }

    /** Everything recorded so far, by key; what runs still is open. */
    public Map<String, List<Operation<I, O>>> byKey() {
        synchronized (done) {
            Map<String, List<Operation<I, O>>> all = new TreeMap<>();
            done.forEach((key, operations) -> all.put(key, new ArrayList<>(operations)));
            for (Call call : open) {
                all.computeIfAbsent(call.key, key -> new ArrayList<>())
                        .add(Operation.open(call.client, call.input, call.invoked));
            }
            return all;
        }
    }

    /** An operation on its way. */
    public final class Call {
        private final String key;
        private final int client;
        private final I input;
        private final long invoked;

        private Call(String key, int client, I input, long invoked) {
            this.key = key;
            this.client = client;
            this.input = input;
            this.invoked = invoked;
        }

        /** The answer is there. */
        public void returned(O output) {
            end(output);
        }

        /** No answer was seen, and from now on it cannot take effect any more; whether it did is unknown. */
        public void unseen() {
            end(null);
        }

        private void end(@Nullable O output) {
            long now = nanos.getAsLong();
            synchronized (done) {
                open.remove(this);
                done.computeIfAbsent(key, k -> new ArrayList<>())
                        .add(new Operation<>(client, input, invoked, output, now));
            }
        }

        /** It is certain that nothing was done and nothing will be: the operation is no part of the history. */
        public void nothingDone() {
            synchronized (done) {
                open.remove(this);
            }
        }
    }
}
