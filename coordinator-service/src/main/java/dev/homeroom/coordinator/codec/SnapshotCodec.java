package dev.homeroom.coordinator.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.homeroom.coordinator.core.Limit;
import dev.homeroom.coordinator.core.Restoration;
import dev.homeroom.coordinator.core.State;
import dev.homeroom.coordinator.store.v1.SnapshotRecord;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * Bytes of a whole state: the same state gives the same bytes. Length-delimited records, the format number first, a
 * count and a CRC-32C last; see {@code homeroom_coordinator_store_v1.proto}. Give it buffered streams.
 */
public final class SnapshotCodec {
    /** Raised with any change of meaning. 2: waiters, lock-delays. */
    private static final int FORMAT = 2;

    /** Since then what is absent means what it meant. */
    private static final int OLDEST = 1;

    private SnapshotCodec() {}

    /** Writes a captured state; does not close. */
    public static void write(State state, OutputStream out) throws IOException {
        CheckedOutputStream checked = new CheckedOutputStream(out, new CRC32C());
        Writing writing = new Writing(checked);
        try {
            writing.add(SnapshotRecord.newBuilder().setHead(StateWriter.stored(state.head(), FORMAT)));
            state.sessions(s -> writing.add(SnapshotRecord.newBuilder().setSession(StateWriter.stored(s))));
            state.limits(limit -> {
                if (limit.permits() != Limit.UNSET) {
                    writing.add(SnapshotRecord.newBuilder().setLimit(StateWriter.stored(limit)));
                }
            });
            state.grants(g -> writing.add(SnapshotRecord.newBuilder().setGrant(StateWriter.stored(g))));
            state.waiters(w -> writing.add(SnapshotRecord.newBuilder().setWaiter(StateWriter.stored(w))));
            state.delays(d -> writing.add(SnapshotRecord.newBuilder().setDelay(StateWriter.stored(d))));
            state.requests(r -> writing.add(SnapshotRecord.newBuilder().setRequest(StateWriter.stored(r))));
            state.changes(c -> writing.add(SnapshotRecord.newBuilder().setChange(Parts.stored(c))));
            state.affinities(a -> writing.add(SnapshotRecord.newBuilder().setAffinity(Affinities.stored(a))));
            state.rates(r -> writing.add(SnapshotRecord.newBuilder().setBucket(Budgets.stored(r))));
            writing.add(SnapshotRecord.newBuilder().setEnd(writing.records));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        new DataOutputStream(out).writeInt((int) checked.getChecksum().getValue());
    }

    private static final class Writing {
        private final OutputStream out;
        private long records;

        Writing(OutputStream out) {
            this.out = out;
        }

        void add(SnapshotRecord.Builder entry) {
            try {
                entry.build().writeDelimitedTo(out);
                records++;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Reads a state; {@link UnreadableException} when it is damaged, cut short or of another format. */
    public static State read(InputStream in) throws IOException {
        CheckedInputStream checked = new CheckedInputStream(in, new CRC32C());
        try {
            State state = records(checked);
            int actual = (int) checked.getChecksum().getValue();
            if (new DataInputStream(in).readInt() != actual) {
                throw new UnreadableException("the snapshot is damaged: its checksum differs");
            }
            if (in.read() != -1) {
                throw new UnreadableException("the snapshot is damaged: it goes on after its end");
            }
            return state;
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new UnreadableException("the snapshot is damaged", e);
        } catch (EOFException e) {
            throw new UnreadableException("the snapshot is cut short", e);
        }
    }

    private static State records(InputStream in) throws IOException {
        SnapshotRecord first = next(in);
        int format = first.getHead().getFormat();
        if (!first.hasHead() || format < OLDEST || format > FORMAT) {
            throw new UnreadableException("not a snapshot of format " + OLDEST + " to " + FORMAT
                    + (first.hasHead() ? ", but of format " + format : ""));
        }
        Restoration restoration = new Restoration(StateReader.core(first.getHead()));
        long records = 1;
        while (true) {
            SnapshotRecord entry = next(in);
            switch (entry.getRecordCase()) {
                case SESSION -> restoration.add(StateReader.core(entry.getSession()));
                case LIMIT -> restoration.add(StateReader.core(entry.getLimit()));
                case GRANT -> restoration.add(StateReader.core(entry.getGrant()));
                case WAITER -> restoration.add(StateReader.core(entry.getWaiter()));
                case DELAY -> restoration.add(StateReader.core(entry.getDelay()));
                case REQUEST -> restoration.add(StateReader.core(entry.getRequest()));
                case CHANGE -> restoration.add(Parts.core(entry.getChange()));
                case AFFINITY -> restoration.add(Affinities.preference(entry.getAffinity()));
                case BUCKET -> restoration.add(Budgets.core(entry.getBucket()));
                case END -> {
                    if (entry.getEnd() != records) {
                        throw new UnreadableException("the snapshot is damaged: records are missing");
                    }
                    return restoration.state();
                }
                case HEAD, RECORD_NOT_SET -> throw new UnreadableException("the snapshot has a record out of place");
            }
            records++;
        }
    }

    private static SnapshotRecord next(InputStream in) throws IOException {
        SnapshotRecord entry = SnapshotRecord.parseDelimitedFrom(in);
        if (entry == null) {
            throw new EOFException("no end record");
        }
        return entry;
    }
}
