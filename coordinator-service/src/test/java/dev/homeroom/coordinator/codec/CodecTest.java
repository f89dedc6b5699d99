package dev.homeroom.coordinator.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Applied;
import dev.homeroom.coordinator.core.Batch;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Cursor;
import dev.homeroom.coordinator.core.Machine;
import dev.homeroom.coordinator.core.RandomLog;
import dev.homeroom.coordinator.core.Settings;
import dev.homeroom.coordinator.core.State;
import dev.homeroom.coordinator.store.v1.StoredBatch;
import dev.homeroom.coordinator.store.v1.StoredCommand;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CodecTest {
    /** A log with the answers it got, and the state in its middle, captured while it went on. */
    private record Run(List<Batch> log, List<List<Answer>> answers, State middle, State end) {}

    private static final int ENTRIES = 300;

    private static Run run(long seed) {
        Machine machine = new Machine();
        RandomLog log = new RandomLog(seed);
        Random random = new Random(seed);
        List<Batch> batches = new ArrayList<>();
        List<List<Answer>> answers = new ArrayList<>();
        State middle = machine.state();
        for (int i = 0; i < ENTRIES; i++) {
            Batch batch = i == 0 ? new Batch(1, 0, 0, log.start()) : log.next(1 + random.nextInt(6));
            batches.add(batch);
            Applied applied = machine.apply(i + 1, batch);
            answers.add(all(applied));
            log.learn(applied);
            if (i == ENTRIES / 2) {
                middle = machine.state().capture();
            }
        }
        return new Run(batches, answers, middle, machine.state());
    }

    /** The answers, those that ended waits too. */
    private static List<Answer> all(Applied applied) {
        List<Answer> all = new ArrayList<>(applied.answers());
        applied.waitEnds().forEach(end -> all.add(end.answer()));
        return all;
    }

    private static byte[] bytes(State state) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SnapshotCodec.write(state, out);
        return out.toByteArray();
    }

    private static State state(byte[] bytes) throws IOException {
        return SnapshotCodec.read(new ByteArrayInputStream(bytes));
    }

    @Test
    void theSameLogGivesTheSameAnswersAndSnapshotBytes_R_S5() throws IOException {
        for (long seed = 1; seed <= 15; seed++) {
            Run run = run(seed);
            Machine replica = new Machine();
            for (int i = 0; i < ENTRIES; i++) {
                Batch decoded = BatchCodec.decode(BatchCodec.encode(run.log().get(i)));
                assertThat(decoded).isEqualTo(run.log().get(i));
                List<Answer> answers = all(replica.apply(i + 1, decoded));
                assertThat(answers).as("seed %s", seed).isEqualTo(run.answers().get(i));
                assertThat(BatchCodec.decodeAnswers(BatchCodec.encodeAnswers(answers)))
                        .isEqualTo(answers);
            }
            assertThat(bytes(replica.state())).as("seed %s", seed).isEqualTo(bytes(run.end()));
        }
    }

    @Test
    void aSnapshotAndTheRestGiveWhatTheWholeLogGives_R_S5() throws IOException {
        for (long seed = 1; seed <= 15; seed++) {
            Run run = run(seed);
            byte[] snapshot = bytes(run.middle());
            State read = state(snapshot);
            assertThat(bytes(read)).as("seed %s", seed).isEqualTo(snapshot);
            Machine replica = new Machine(read);
            for (int i = (int) read.index(); i < ENTRIES; i++) {
                assertThat(all(replica.apply(i + 1, run.log().get(i))))
                        .as("seed %s, entry %s", seed, i + 1)
                        .isEqualTo(run.answers().get(i));
            }
            assertThat(bytes(replica.state())).as("seed %s", seed).isEqualTo(bytes(run.end()));
        }
    }

    @Test
    void aDamagedSnapshotIsRefused_R_S5() throws IOException {
        byte[] good = bytes(run(1).end());
        Random random = new Random(1);
        for (int i = 0; i < 150; i++) {
            int at = random.nextInt(good.length);
            byte[] bad = good.clone();
            bad[at] ^= 0x10;
            assertThatThrownBy(() -> state(bad)).isInstanceOf(UnreadableException.class);
            byte[] cut = Arrays.copyOf(good, at);
            assertThatThrownBy(() -> state(cut)).isInstanceOf(UnreadableException.class);
        }
        assertThatThrownBy(() -> state(Arrays.copyOf(good, good.length + 1))).isInstanceOf(UnreadableException.class);
    }

    @Test
    void whatALaterVersionWroteIsRefused_R_S5() {
        byte[] later = StoredBatch.newBuilder().setFormat(1_000).build().toByteArray();
        assertThatThrownBy(() -> BatchCodec.decode(later)).isInstanceOf(UnreadableException.class);
        byte[] unknown = StoredBatch.newBuilder()
                .setFormat(1)
                .addCommands(StoredCommand.getDefaultInstance())
                .build()
                .toByteArray();
        assertThatThrownBy(() -> BatchCodec.decode(unknown)).isInstanceOf(UnreadableException.class);
        assertThatThrownBy(() -> BatchCodec.decode(new byte[] {1, 2, 3})).isInstanceOf(UnreadableException.class);
    }

    @Test
    void commandsTravelBetweenReplicas_R_L10() {
        List<Command> commands = List.of(
                new Command.Configure(Settings.DEFAULT),
                new Command.CommitCursor(Cursor.START),
                new Command.ListSessions(null, "a", 3),
                new Command.Heartbeat("s", 1, 0, -1, List.of(4L, 5L)));
        assertThat(BatchCodec.decodeCommands(BatchCodec.encodeCommands(commands)))
                .isEqualTo(commands);
    }
}
