package dev.homeroom.metrics.scorecard;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a folder of homework: every {@code hwNN-snapshots.csv} (separator {@code ;}; columns student, snapshot, c_error, r_error,
 * t_failed, t_success) and {@code grades.csv} (separator {@code ,}; columns student and the homeworks). Files of up to
 * {@value #LARGEST} bytes, times as in {@code 2020-10-04T20_53_25.960Z}.
 */
public final class HomeworkReader {
    private static final Pattern SNAPSHOTS = Pattern.compile("(hw\\d{2})-snapshots\\.csv");
    private static final List<String> COLUMNS =
            List.of("student", "snapshot", "c_error", "r_error", "t_failed", "t_success");
    private static final long LARGEST = 100_000_000;

    private final Path folder;

    private HomeworkReader(Path folder) {
        this.folder = folder;
    }

    /**
     * The homeworks of {@code folder}, by name.
     *
     * @throws UnreadableHomeworkException when there is none, or a file does not have the form; says which line
     */
    public static List<Homework> read(Path folder) {
        try {
            return new HomeworkReader(folder).homeworks();
        } catch (MalformedInputException e) {
            throw new UnreadableHomeworkException("a file in " + folder + " is not UTF-8");
        } catch (IOException e) {
            throw new UnreadableHomeworkException("%s cannot be read: %s".formatted(folder, e));
        }
    }

    private List<Homework> homeworks() throws IOException {
        TreeMap<String, Path> files = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> all = Files.list(folder)) {
                all.forEach(file -> {
                    Matcher name = SNAPSHOTS.matcher(String.valueOf(file.getFileName()));
                    if (name.matches()) {
                        files.put(name.group(1), file);
                    }
                });
            }
        }
        if (files.isEmpty()) {
            throw new UnreadableHomeworkException("there is no hwNN-snapshots.csv in " + folder);
        }
        Table grades = Table.read(folder.resolve("grades.csv"), ",");
        List<Homework> homeworks = new ArrayList<>();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            homeworks.add(homework(file.getKey(), file.getValue(), grades));
        }
        return List.copyOf(homeworks);
    }

    private static Homework homework(String name, Path file, Table grades) throws IOException {
        Table table = Table.read(file, ";");
        COLUMNS.forEach(table::column);
        SequencedMap<String, List<Snapshot>> snapshots = new TreeMap<>();
        for (Row row : table.rows) {
            snapshots
                    .computeIfAbsent(row.text("student"), _ -> new ArrayList<>())
                    .add(new Snapshot(
                            row.time("snapshot"),
                            row.count("c_error"),
                            row.count("r_error"),
                            row.count("t_failed"),
                            row.count("t_success")));
        }
        Map<String, Double> labels = new HashMap<>();
        grades.column(name);
        for (Row row : grades.rows) {
            Double grade = row.grade(name);
            if (grade != null) {
                labels.put(row.text("student"), grade);
            }
        }
        SequencedMap<String, Homework.Work> students = new TreeMap<>();
        snapshots.forEach((student, all) -> {
            all.sort(Comparator.comparing(Snapshot::at));
            students.put(student, new Homework.Work(List.copyOf(all), labels.get(student)));
        });
        return new Homework(name, students);
    }

    private record Table(Path file, Map<String, Integer> columns, List<Row> rows) {
        static Table read(Path file, String separator) throws IOException {
            if (!Files.isRegularFile(file)) {
                throw new UnreadableHomeworkException("there is no " + file);
            }
            if (Files.size(file) > LARGEST) {
                throw new UnreadableHomeworkException(file + " is too large");
            }
            List<String> lines = Files.readAllLines(file);
            Map<String, Integer> columns = new HashMap<>();
            Table table = new Table(file, columns, new ArrayList<>());
            for (String name : lines.isEmpty() ? List.<String>of() : cells(lines.getFirst(), separator)) {
                columns.put(name, columns.size());
            }
            for (int i = 1; i < lines.size(); i++) {
                if (!lines.get(i).isBlank()) {
                    table.rows.add(new Row(table, i + 1, cells(lines.get(i), separator)));
                }
            }
            return table;
        }

        private static List<String> cells(String line, String separator) {
            return List.of(line.split(Pattern.quote(separator), -1));
        }

        int column(String name) {
            Integer column = columns.get(name);
            if (column == null) {
                throw new UnreadableHomeworkException("%s has no column %s".formatted(file, name));
            }
            return column;
        }
    }

    private record Row(Table table, int line, List<String> cells) {
        String text(String column) {
            int at = table.column(column);
            if (at >= cells.size()) {
                throw wrong(column, "is missing");
            }
            return cells.get(at).strip();
        }

        Instant time(String column) {
            String text = text(column);
            try {
                return Instant.parse(text.replace('_', ':'));
            } catch (DateTimeParseException e) {
                throw wrong(column, "is no time such as 2020-10-04T20_53_25.960Z");
            }
        }

        int count(String column) {
            double number = number(column);
            if (number < 0 || number > 1_000_000 || number != Math.rint(number)) {
                throw wrong(column, "is no count");
            }
            return (int) number;
        }

        @Nullable
        Double grade(String column) {
            if (text(column).isEmpty()) {
                return null;
            }
            double grade = number(column);
            if (!(grade >= 0 && grade <= 1_000)) {
                throw wrong(column, "is no grade");
            }
            return grade;
        }

        private double number(String column) {
            try {
                return Double.parseDouble(text(column));
            } catch (NumberFormatException e) {
                throw wrong(column, "is no number");
            }
        }

        private UnreadableHomeworkException wrong(String column, String what) {
            return new UnreadableHomeworkException(
                    "%s, line %d: %s %s".formatted(table.file.getFileName(), line, column, what));
        }
    }
}
