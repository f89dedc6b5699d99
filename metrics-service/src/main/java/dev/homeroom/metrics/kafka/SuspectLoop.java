package dev.homeroom.metrics.kafka;

import dev.homeroom.contracts.event.Topics;
import dev.homeroom.contracts.frustration.EpisodeChange;
import dev.homeroom.metrics.core.suspect.ElementDay;
import dev.homeroom.metrics.core.suspect.SuspectRules;
import dev.homeroom.metrics.suspect.SuspectBook;
import dev.homeroom.platform.event.EventCodec;
import dev.homeroom.platform.event.UndecodableEventException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jboss.logging.Logger;

/**
 * One life of the consumer that looks for suspected elements: reads which elements had episodes, has each looked at once a
 * batch, and commits the offsets behind that. Not safe for several threads.
 */
final class SuspectLoop {
    private static final Logger LOG = Logger.getLogger(SuspectLoop.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int MOST_DUE = 100;
    /**
     * A look reads the element's day anew, so while episodes pour in, looking at once at each few would take more than
     * folding the events: a look that took a second is followed by a rest of four, and what comes meanwhile is looked at once.
     */
    private static final int RESTS = 4;

    private static final Duration LONGEST_REST = Duration.ofSeconds(5);

    private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
    private final SuspectRules rules;
    private final SuspectBook book;
    private final Clock clock;
    private final Consumer<SuspectBook.Reviewed> reviewed;
    private Instant tickDue = Instant.MIN;

    /**
     * @param reviewed told of every look
     */
    SuspectLoop(
            org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
            SuspectRules rules,
            SuspectBook book,
            Clock clock,
            Consumer<SuspectBook.Reviewed> reviewed) {
        this.consumer = consumer;
        this.rules = rules;
        this.book = book;
        this.clock = clock;
        this.reviewed = reviewed;
    }

    void open() {
        consumer.subscribe(List.of(Topics.FRUSTRATION));
    }

    /**
     * Takes what comes next, and ends what is over; throws whatever ends this consumer's life, with nothing committed.
     *
     * @return how long to rest before the next step; at most 5 s
     */
    Duration step() {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        Instant start = clock.instant();
        if (!records.isEmpty()) {
            elements(records).forEach(this::review);
            consumer.commitSync();
        }
        Instant now = clock.instant();
        if (!now.isBefore(tickDue)) {
            tickDue = now.plus(TICK);
            book.due(now, MOST_DUE).forEach(this::review);
        }
        Duration rest = Duration.between(start, clock.instant()).multipliedBy(RESTS);
        return rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST;
    }

    private void review(ElementDay element) {
        reviewed.accept(book.review(element, clock.instant()));
    }

    private Set<ElementDay> elements(ConsumerRecords<byte[], byte[]> records) {
        Set<ElementDay> elements = new LinkedHashSet<>();
        for (ConsumerRecord<byte[], byte[]> received : records) {
            try {
                EpisodeChange change =
                        EventCodec.decode(received, EpisodeChange.class).data();
                String target = change.target();
                if (target != null && rules.counts(change.detector())) {
                    elements.add(ElementDay.of(change.app(), target, change.startedAt()));
                }
            } catch (UndecodableEventException e) {
                // Alerts are made of the same record, which keeps it among the dead letters.
                LOG.warnf(
                        "%s-%d@%d is no episode: %s",
                        received.topic(), received.partition(), received.offset(), e.reason());
            }
        }
        return elements;
    }
}
