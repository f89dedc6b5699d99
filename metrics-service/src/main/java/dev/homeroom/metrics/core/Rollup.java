package dev.homeroom.metrics.core;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a set of new events adds to the figures of minutes of event time.
 *
 * @param minutes by classroom, minute, app and skill: without students
 * @param students by classroom, minute and student
 * @param studentHours by classroom, hour, student, app and skill
 */
public record Rollup(
        SortedMap<Cell, Figures> minutes,
        SortedMap<StudentMinute, Figures> students,
        SortedMap<StudentHour, Figures> studentHours) {
    /**
     * A minute row.
     *
     * @param skill empty for none
     */
    public record Cell(String classroom, Instant minute, String app, String skill) implements Comparable<Cell> {
        @Override
        public int compareTo(Cell other) {
            int by = classroom.compareTo(other.classroom);
            by = by != 0 ? by : minute.compareTo(other.minute);
            by = by != 0 ? by : app.compareTo(other.app);
            return by != 0 ? by : skill.compareTo(other.skill);
        }
    }

    /** A minute of a student. */
    public record StudentMinute(String classroom, Instant minute, String student) implements Comparable<StudentMinute> {
        @Override
        public int compareTo(StudentMinute other) {
            int by = classroom.compareTo(other.classroom);
            by = by != 0 ? by : minute.compareTo(other.minute);
            return by != 0 ? by : student.compareTo(other.student);
        }
    }

    /**
     * An hour (of UTC) of a student.
     *
     * @param skill empty for none
     */
    public record StudentHour(String classroom, Instant hour, String student, String app, String skill)
            implements Comparable<StudentHour> {
        private static final Comparator<StudentHour> ORDER = Comparator.comparing(StudentHour::classroom)
                .thenComparing(StudentHour::hour)
                .thenComparing(StudentHour::student)
                .thenComparing(StudentHour::app)
                .thenComparing(StudentHour::skill);

        @Override
        public int compareTo(StudentHour other) {
            return ORDER.compare(this, other);
        }
    }

    /** Nothing, to be added to. Not safe for several threads. */
    public static Rollup empty() {
        return new Rollup(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    }

    /** Counts an event of the seat, once, whether late or not. */
    public void add(Seat seat, Observed event) {
        Instant minute = event.at().truncatedTo(ChronoUnit.MINUTES);
        String skill = event.skill() == null ? "" : event.skill();
        Figures figures = Figures.of(event);
        minutes.merge(new Cell(seat.classroom(), minute, seat.app(), skill), figures, Figures::plus);
        students.merge(new StudentMinute(seat.classroom(), minute, seat.student()), figures, Figures::plus);
        Instant hour = minute.truncatedTo(ChronoUnit.HOURS);
        studentHours.merge(
                new StudentHour(seat.classroom(), hour, seat.student(), seat.app(), skill), figures, Figures::plus);
    }
}
