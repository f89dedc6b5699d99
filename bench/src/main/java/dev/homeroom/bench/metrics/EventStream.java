package dev.homeroom.bench.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeroom.contracts.event.EventJson;
import dev.homeroom.contracts.event.EventType;
import dev.homeroom.contracts.event.Topics;
import dev.homeroom.platform.event.EventCodec;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;

/**
 * Endless metric events of so many students in classrooms of 40, one a second of event time for each student, in event time
 * order, each partition with as many classrooms as the others (a partition that runs dry ahead of the rest is no backlog): mostly
 * clicks and navigation, one in six an attempt (two of three right), some errors and hints. The same seed gives
 * the same events. Not thread-safe.
 */
final class EventStream {
    /** Students of a classroom. */
    static final int CLASSROOM = 40;

    static final String APP = "bench";

    private static final int EXERCISE_SECONDS = 120;
    private static final int SKILLS = 12;
    private static final int SEED = 42;

    private final String[] classrooms;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final int students;
    private final Instant start;
    private long count;

    /**
     * @param prefix of the classrooms' names
     * @param students a multiple of 40
     * @param start event time of the first
     */
    EventStream(String prefix, int students, Instant start) {
        this.students = students;
        this.start = start;
        this.classrooms = new String[Math.ceilDiv(students, CLASSROOM)];
        for (int i = 0; i < classrooms.length; i++) {
            classrooms[i] = classroom(prefix + i, i % Topics.PARTITIONS);
        }
    }

    /** A name of that beginning whose records go to {@code partition}. */
    private static String classroom(String beginning, int partition) {
        String name = beginning;
        for (int i = 0; Utils.toPositive(Utils.murmur2(name.getBytes(UTF_8))) % Topics.PARTITIONS != partition; i++) {
            name = beginning + (char) ('a' + i % 26) + (i < 26 ? "" : String.valueOf(i / 26));
        }
        return name;
    }

    /**
     * One event.
     *
     * @param id of version 7, as apps are asked to make them
     * @param outcome empty for none
     */
    record Event(
            UUID id,
            String classroom,
            String student,
            String type,
            String target,
            String skill,
            String outcome,
            Instant at,
            int x,
            int y) {
        /** As apps send it. */
        String sent() {
            return fields().append('}').toString();
        }

        /** As the edge publishes it. */
        ProducerRecord<String, byte[]> published() {
            String json = fields().append(",\"app\":\"")
                    .append(APP)
                    .append("\",\"receivedAt\":\"")
                    .append(EventJson.text(at))
                    .append("\"}")
                    .toString();
            EventType type = EventType.USABILITY_OBSERVED;
            return EventCodec.encode(
                    type.topic(),
                    classroom,
                    new EventCodec.Attributes(id.toString(), "/bench", type.type(), classroom, at),
                    json.getBytes(UTF_8));
        }

        private StringBuilder fields() {
            StringBuilder json = new StringBuilder(400)
                    .append("{\"id\":\"")
                    .append(id)
                    .append("\",\"classroom\":\"")
                    .append(classroom)
                    .append("\",\"student\":\"")
                    .append(student)
                    .append("\",\"type\":\"")
                    .append(type)
                    .append("\",\"target\":\"")
                    .append(target)
                    .append("\",\"skill\":\"")
                    .append(skill);
            if (!outcome.isEmpty()) {
                json.append("\",\"outcome\":\"").append(outcome);
            }
            return json.append("\",\"occurredAt\":\"")
                    .append(EventJson.text(at))
                    .append("\",\"context\":{\"x\":")
                    .append(x)
                    .append(",\"y\":")
                    .append(y)
                    .append('}');
        }
    }

    Event next() {
        long second = count / students;
        int student = (int) (count % students);
        count++;
        Instant at = start.plusMillis(second * 1_000 + student * 1_000L / students);
        int dice = random.nextInt(100);
        String type = type(dice);
        boolean attempt = type.equals("attempt");
        return new Event(
                id(at),
                classrooms[student / CLASSROOM],
                "s" + student,
                type,
                "ex" + second / EXERCISE_SECONDS,
                "skill" + second / EXERCISE_SECONDS % SKILLS,
                attempt ? random.nextInt(3) > 0 ? "success" : "failure" : "",
                at,
                random.nextInt(1_600),
                random.nextInt(900));
    }

    private static String type(int dice) {
        if (dice < 17) {
            return "attempt";
        }
        if (dice < 22) {
            return "error";
        }
        if (dice < 26) {
            return "hint";
        }
        if (dice < 46) {
            return "navigation";
        }
        return dice < 50 ? "focus" : "click";
    }

    private UUID id(Instant at) {
        long high = (at.toEpochMilli() << 16) | 0x7000L | random.nextInt(1 << 12);
        return new UUID(high, (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
    }
}
