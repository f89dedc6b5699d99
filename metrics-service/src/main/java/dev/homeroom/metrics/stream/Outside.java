package dev.homeroom.metrics.stream;

import dev.homeroom.metrics.core.stream.Ending;
import dev.homeroom.metrics.core.stream.Input;
import dev.homeroom.metrics.core.stream.Outgoing;
import dev.homeroom.metrics.core.stream.Position;
import dev.homeroom.metrics.core.stream.World;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** The world as the hub sees it: hands its wishes to the ports, and their answers back as inputs. */
final class Outside implements World {
    private static final Logger LOG = Logger.getLogger(Outside.class);

    private final Consumer<Input> back;
    private final Receipts receipts;
    private final AlertHistory history;
    private final Map<Long, Line> lines = new ConcurrentHashMap<>();

    Outside(Consumer<Input> back, Receipts receipts, AlertHistory history) {
        this.back = back;
        this.receipts = receipts;
        this.history = history;
    }

    void add(long id, Line line) {
        lines.put(id, line);
    }

    void remove(long id) {
        lines.remove(id);
    }

    int lines() {
        return lines.size();
    }

    @Override
    public void send(long connection, Outgoing frame) {
        Line line = lines.get(connection);
        if (line != null) {
            var _ = line.send(frame).whenComplete((_, failure) -> {
                // A frame that cannot leave means that the connection is gone; its own end is reported as well.
                back.accept(failure == null ? new Input.Written(connection) : new Input.Closed(connection));
            });
        }
    }

    @Override
    public void close(long connection, Ending why) {
        Line line = lines.remove(connection);
        if (line != null) {
            LOG.debugf("Stream %d closed: %s", connection, why);
            line.close(why);
        }
    }

    @Override
    public void findReceipt(long connection, String subject, String device, String classroom) {
        var _ = receipts.find(new Receipts.Key(subject, device, classroom))
                .whenComplete((found, failure) -> back.accept(
                        failure == null
                                ? new Input.ReceiptFound(connection, classroom, found.orElse(null))
                                : new Input.ReceiptFailed(connection, classroom)));
    }

    @Override
    public void keepReceipt(String subject, String device, String classroom, Position position) {
        receipts.keep(new Receipts.Key(subject, device, classroom), position);
    }

    @Override
    public void readHistory(String classroom, long after) {
        var _ = history.after(classroom, after).whenComplete((found, failure) -> {
            if (failure == null) {
                back.accept(new Input.HistoryRead(found));
            } else {
                LOG.warnf(
                        "Alert changes of a classroom after %d cannot be read: %s", (Long) after, failure.getMessage());
                back.accept(new Input.HistoryFailed(classroom, after));
            }
        });
    }

    @Override
    public void readSnapshot(String classroom) {
        var _ = history.snapshot(classroom).whenComplete((found, failure) -> {
            if (failure == null) {
                back.accept(new Input.SnapshotRead(found));
            } else {
                LOG.warnf("Alerts of a classroom cannot be read: %s", failure.getMessage());
                back.accept(new Input.SnapshotFailed(classroom));
            }
        });
    }
}
