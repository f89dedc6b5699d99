package dev.homeroom.e2e;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.NameBasedGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * A homework of a programming course as usability events: one event a snapshot (a submission to the autograder) and one
 * a test outcome in it.
 *
 * <table>
 * <caption>The mapping</caption>
 * <tr><td>a snapshot with compiler errors</td><td>{@code error}, target {@code compiler}</td></tr>
 * <tr><td>a snapshot with runtime errors</td><td>{@code error}, target {@code runtime}</td></tr>
 * <tr><td>any other snapshot</td><td>{@code submit}, {@code success} when no test failed, value = share of tests
 * passed</td></tr>
 * <tr><td>each failed test, then each passed test</td><td>{@code attempt} with its outcome, skill = the
 * homework, one millisecond apart</td></tr>
 * </table>
 *
 * The ids are UUIDv5 of (homework, student, snapshot, ordinal), so that a replay repeats them; the times are shifted so
 * that the homework ends at a given instant.
 */
final class Homework {
    /** One event of the homework: who, and the body that the app sends. */
    record Sent(String student, UUID id, Instant occurredAt, Map<String, Object> body) {}

    private record Snapshot(String student, Instant at, int compiler, int runtime, int failed, int passed) {}

    private static final UUID NAMESPACE = UUID.fromString("6f0a3c0e-54b0-5d0c-9a53-0d6a1f6f2c11");
    private static final NameBasedGenerator IDS = Generators.nameBasedGenerator(NAMESPACE);
    private static final Path REAL = Path.of("..", "..", "shared", "data", "programming-course", "hw03-snapshots.csv");

    private Homework() {}

    /** The real homework where its file is, otherwise a generated class of the same shape; in time order. */
    static List<Sent> events(String classroom, Instant end) {
        List<Snapshot> snapshots = Files.exists(REAL) ? read(REAL) : generate(new Random(3), 295);
        Instant last = snapshots.stream()
                .map(Snapshot::at)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        Duration shift = Duration.between(last, end.truncatedTo(ChronoUnit.MILLIS));
        List<Sent> events = new ArrayList<>();
        for (Snapshot snapshot : snapshots) {
            addEvents(events, classroom, snapshot, shift);
        }
        events.sort(Comparator.comparing(Sent::occurredAt));
        return events;
    }

    private static void addEvents(List<Sent> events, String classroom, Snapshot s, Duration shift) {
        Map<String, Object> first = new LinkedHashMap<>();
        if (s.compiler > 0 || s.runtime > 0) {
            first.put("type", "error");
            first.put("target", s.compiler > 0 ? "compiler" : "runtime");
            first.put("value", (double) (s.compiler > 0 ? s.compiler : s.runtime));
            first.put("unit", "errors");
        } else {
            first.put("type", "submit");
            first.put("target", "autograder");
            first.put("outcome", s.failed == 0 ? "success" : "failure");
            first.put("value", s.passed / (double) Math.max(1, s.passed + s.failed));
            first.put("unit", "share");
        }
        add(events, classroom, s, 0, shift, first);
        for (int test = 1; test <= s.failed + s.passed; test++) {
            Map<String, Object> attempt = new LinkedHashMap<>();
            attempt.put("type", "attempt");
            attempt.put("target", "tests");
            attempt.put("skill", "hw03");
            attempt.put("outcome", test <= s.failed ? "failure" : "success");
            add(events, classroom, s, test, shift, attempt);
        }
    }

    private static void add(
            List<Sent> events, String classroom, Snapshot s, int ordinal, Duration shift, Map<String, Object> body) {
        UUID id = IDS.generate("hw03/" + s.student + "/" + s.at + "/" + ordinal);
        Instant occurredAt = s.at.plus(shift).plusMillis(ordinal);
        body.put("id", id.toString());
        body.put("classroom", classroom);
        body.put("student", s.student);
        body.put("occurredAt", occurredAt.toString());
        events.add(new Sent(s.student, id, occurredAt, body));
    }

    private static List<Snapshot> read(Path file) {
        try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.skip(1).map(Homework::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code student;2020-10-04T20_53_25.960Z;c_error;r_error;t_failed;t_success}. */
    private static Snapshot parse(String line) {
        String[] f = line.split(";", -1);
        Instant at = Instant.parse(f[1].substring(0, 11) + f[1].substring(11).replace('_', ':'));
        return new Snapshot(f[0], at, number(f[2]), number(f[3]), number(f[4]), number(f[5]));
    }

    private static int number(String field) {
        return Integer.parseInt(field);
    }

    /** As the real one: about 20 snapshots a student over ten days, a third with errors, 18 tests, slowly improving. */
    private static List<Snapshot> generate(Random random, int students) {
        Instant start = Instant.parse("2020-10-02T17:00:00Z");
        List<Snapshot> snapshots = new ArrayList<>();
        for (int student = 0; student < students; student++) {
            double skill = random.nextDouble();
            Instant at = start.plusSeconds(random.nextInt(7 * 86_400));
            int count = 1 + random.nextInt(38);
            for (int i = 0; i < count; i++) {
                at = at.plusMillis(30_000 + random.nextInt(3_600_000));
                boolean broken = random.nextDouble() < 0.45 - 0.3 * skill;
                int passed = broken ? 0 : (int) Math.min(18, 18 * (skill + random.nextDouble() * (i + 1) / count));
                snapshots.add(
                        new Snapshot("student-" + student, at, broken ? 1 : 0, 0, broken ? 0 : 18 - passed, passed));
            }
        }
        return snapshots;
    }
}
