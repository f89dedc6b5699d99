package dev.homeroom.metrics;

import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.platform.event.EventIds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * A homework of a programming course: each snapshot is a submission of the exercise {@code hw03}, a success when it has
 * neither errors nor failed tests. Real where the data lie beside the checkout ({@code ../shared/data}), generated in the
 * same shape elsewhere.
 */
public final class Homework {
    private static final Path REAL = Path.of("..", "..", "shared", "data", "programming-course", "hw03-snapshots.csv");
    private static final UUID NAMESPACE = UUID.fromString("5f7d4f1c-0a53-5c83-9a52-0f6f6a1b7c55");

    private Homework() {}

    /** The submissions of all students in the order in which they came. */
    public static List<MetricEvent> submissions(String classroom) {
        List<MetricEvent> submissions = new ArrayList<>();
        for (String row : Files.exists(REAL) ? real() : generated()) {
            submissions.add(submission(classroom, row));
        }
        submissions.sort(Comparator.comparing(MetricEvent::occurredAt).thenComparing(MetricEvent::id));
        return submissions;
    }

    private static MetricEvent submission(String classroom, String row) {
        String[] cells = row.split(";", -1);
        String time = cells[1];
        Instant at = Instant.parse(time.substring(0, 11) + time.substring(11).replace('_', ':'));
        boolean success = cells[2].equals("0") && cells[3].equals("0") && cells[4].equals("0");
        UUID id = EventIds.derived(NAMESPACE, row);
        return Samples.event(id, classroom, cells[0], "submit", "hw03", "hw03", success, at);
    }

    private static List<String> real() {
        try (var lines = Files.lines(REAL)) {
            return lines.skip(1).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> generated() {
        Random random = new Random(3);
        List<String> rows = new ArrayList<>();
        for (int student = 0; student < 280; student++) {
            Instant at = Instant.parse("2020-10-04T20:53:25.960Z").plusSeconds(random.nextInt(400_000));
            double luck = random.nextDouble() * 0.6;
            for (int i = 0; i < 1 + random.nextInt(40); i++) {
                at = at.plusMillis(1 + random.nextInt(random.nextInt(5) == 0 ? 40_000_000 : 240_000));
                boolean right = random.nextDouble() < luck;
                boolean compiles = right || random.nextBoolean();
                String time = at.toString().replace(':', '_');
                rows.add("s%d;%s;%d;0;%d;%d".formatted(student, time, compiles ? 0 : 1, right ? 0 : 4, right ? 18 : 3));
            }
        }
        return rows;
    }
}
