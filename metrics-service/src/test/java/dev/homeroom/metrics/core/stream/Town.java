package dev.homeroom.metrics.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One classroom with everything around the hub: the owner of the numbers, a topic that loses and repeats, lookups that fail
 * and come late, and clients that check what they are told.
 */
final class Town implements World {
    static final String ROOM = "c1";

    /** A client with a memory, over one connection after the other. */
    final class Client {
        final String device;
        final Deque<Outgoing> inbox = new ArrayDeque<>();

        @Nullable
        Position place;

        long connection = -1;
        boolean owedSnapshot;
        long gapTo = -1;
        int read;

        Client(String device) {
            this.device = device;
        }

        void connect() {
            inbox.clear();
            owedSnapshot = false;
            gapTo = -1;
            connection = nextConnection++;
            clients.put(connection, this);
            hub.handle(now, new Input.Opened(connection, new Viewer(device, true, java.util.Set.of(), 1L << 60, true)));
            if (place == null || random.nextBoolean()) {
                // By the stored receipt the client may be told again what it has: it forgets how far it was.
                place = null;
                hub.handle(now, new Input.Subscribe(connection, device, List.of(ROOM)));
            } else {
                hub.handle(now, new Input.Resume(connection, device, ROOM, place));
            }
        }

        void cut() {
            clients.remove(connection);
            hub.handle(now, new Input.Closed(connection));
            connection = -1;
        }

        void readOne() {
            Outgoing frame = inbox.removeFirst();
            long from = connection;
            take(frame);
            hub.handle(now, new Input.Written(from));
        }

        void receive() {
            if (place != null && connection >= 0) {
                hub.handle(now, new Input.Received(connection, ROOM, place));
            }
        }

        private void take(Outgoing frame) {
            switch (frame) {
                case Outgoing.Hello(var _, var after) -> {
                    owedSnapshot = place != null && !place.equals(after);
                    place = after;
                }
                case Outgoing.Alert(var change) -> {
                    assertThat(owedSnapshot).as("a jump without a gap").isFalse();
                    assertThat(gapTo).as("a gap without a snapshot").isEqualTo(-1);
                    assertThat(place).isEqualTo(new Position(change.epoch(), change.seq() - 1));
                    place = new Position(change.epoch(), change.seq());
                    read++;
                }
                case Outgoing.Gap gap -> {
                    assertThat(place).isEqualTo(new Position(gap.epoch(), gap.from() - 1));
                    gapTo = gap.to();
                }
                case Outgoing.Whole(var all) -> {
                    assertThat(gapTo).isIn(-1L, all.seq());
                    place = new Position(all.epoch(), all.seq());
                    owedSnapshot = false;
                    gapTo = -1;
                }
                case Outgoing.Figures _ -> {}
                case Outgoing.Problem problem -> throw new AssertionError(problem.detail());
            }
        }
    }

    final Random random;
    final Hub hub;
    final List<Client> everybody = new ArrayList<>();
    private final Map<Long, Client> clients = new HashMap<>();
    private final Map<String, Position> receipts = new HashMap<>();
    private final Deque<Change> topic = new ArrayDeque<>();
    private final List<Runnable> answers = new ArrayList<>();
    private boolean calm;
    private long nextConnection = 1;
    private int epochs = 1;
    private long latest;
    private long gone;
    long now = 1;

    Town(long seed) {
        this.random = new Random(seed);
        this.hub = new Hub(new Limits(4, 6, 8, 2000, 10_000, 45_000, 3, 3, 2), this);
        for (int i = 0; i < 3; i++) {
            everybody.add(new Client("d" + i));
        }
    }

    /** Something happens. */
    void step() {
        Client client = everybody.get(random.nextInt(everybody.size()));
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3 -> raise(random.nextInt(10) == 0, random.nextInt(10) == 0);
            case 4, 5, 6, 7 -> deliver();
            case 8, 9, 10 -> answer();
            case 11, 12, 13, 14 -> {
                if (!client.inbox.isEmpty()) {
                    client.readOne();
                }
            }
            case 15 -> client.receive();
            case 16 -> reconnect(client);
            case 17 -> tick(random.nextInt(400));
            case 18 -> gone = Math.max(gone, latest - random.nextInt(12));
            default -> {
                if (random.nextInt(40) == 0) {
                    restore();
                }
            }
        }
    }

    /** Faults are over: everybody reads on until nothing happens any more. */
    void calmDown() {
        calm = true;
        for (int i = 0; i < 60; i++) {
            if (i == 20) {
                // A hole at the very end shows with the next change only.
                raise(false, false);
            }
            tick(6000);
            while (!topic.isEmpty()) {
                deliver();
            }
            while (!answers.isEmpty()) {
                answer();
            }
            for (Client each : everybody) {
                if (each.connection < 0) {
                    each.connect();
                }
                while (!each.inbox.isEmpty()) {
                    each.readOne();
                }
                each.receive();
            }
        }
    }

    Position end() {
        return new Position("e" + epochs, latest);
    }

    private void reconnect(Client client) {
        if (client.connection >= 0) {
            client.cut();
        } else {
            client.connect();
        }
    }

    private void raise(boolean lost, boolean twice) {
        Change change = change(++latest);
        if (!lost) {
            topic.add(change);
        }
        if (twice) {
            topic.add(change);
        }
    }

    private void deliver() {
        if (!topic.isEmpty()) {
            hub.handle(now, new Input.Changed(topic.removeFirst()));
        }
    }

    /** A backup comes back: the numbers start anew; what is in the topic stays there. */
    private void restore() {
        epochs++;
        latest = random.nextInt(3);
        gone = 0;
    }

    private void tick(long millis) {
        now += millis;
        hub.handle(now, new Input.Tick());
    }

    private void answer() {
        if (!answers.isEmpty()) {
            answers.remove(random.nextInt(answers.size())).run();
        }
    }

    private boolean fails() {
        return !calm && random.nextInt(4) == 0;
    }

    private Change change(long seq) {
        return new Change(ROOM, "e" + epochs, seq, "{}");
    }

    @Override
    public void send(long connection, Outgoing frame) {
        Client client = clients.get(connection);
        if (client != null) {
            client.inbox.add(frame);
            assertThat(client.inbox.size()).as("frames on the way").isLessThan(40);
        }
    }

    @Override
    public void close(long connection, Ending why) {
        Client client = clients.remove(connection);
        if (client != null) {
            client.connection = -1;
            client.inbox.clear();
        }
    }

    @Override
    public void findReceipt(long connection, String subject, String device, String classroom) {
        answers.add(() -> hub.handle(
                now,
                fails()
                        ? new Input.ReceiptFailed(connection, classroom)
                        : new Input.ReceiptFound(connection, classroom, receipts.get(device))));
    }

    @Override
    public void keepReceipt(String subject, String device, String classroom, Position position) {
        receipts.put(device, position);
    }

    @Override
    public void readHistory(String classroom, long after) {
        // What the answer says is decided when it is asked or when it arrives: both happen.
        Input early = history(after);
        answers.add(() -> hub.handle(now, random.nextBoolean() ? early : history(after)));
    }

    private Input history(long after) {
        if (fails()) {
            return new Input.HistoryFailed(ROOM, after);
        }
        long first = Math.max(after, gone) + 1;
        List<Change> items = new ArrayList<>();
        for (long seq = first; seq <= latest && items.size() < 3; seq++) {
            items.add(change(seq));
        }
        boolean gap = after < gone && after < latest;
        return new Input.HistoryRead(new History(ROOM, after, "e" + epochs, latest, gap, items));
    }

    @Override
    public void readSnapshot(String classroom) {
        Input answer = fails()
                ? new Input.SnapshotFailed(ROOM)
                : new Input.SnapshotRead(new Snapshot(ROOM, "e" + epochs, latest, "[]"));
        answers.add(() -> hub.handle(now, answer));
    }
}
