package dev.homeroom.coordinator.desk;

import dev.homeroom.coordinator.Refused;
import dev.homeroom.coordinator.core.Affinity.Window;
import dev.homeroom.coordinator.core.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Time windows in the words of the interfaces: days {@code MON} … {@code SUN}, times {@code HH:MM}. */
public final class Hours {
    private static final List<String> DAYS = List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");
    private static final Pattern TIME = Pattern.compile("([01]\\d|2[0-3]):([0-5]\\d)|24:00");
    private static final int HOUR = 60;
    private static final int DAY = 24 * HOUR;

    private Hours() {}

    /**
     * The window these words mean.
     *
     * @throws Refused {@code INVALID} when one of them means nothing
     */
    public static Window window(List<String> days, String from, String to, String zone) {
        List<Integer> numbers = new ArrayList<>(days.size());
        for (String day : days) {
            int number = DAYS.indexOf(day.toUpperCase(Locale.ROOT));
            if (number < 0) {
                throw wrong("windows.days: one of " + String.join(", ", DAYS));
            }
            numbers.add(number + 1);
        }
        return new Window(numbers, minute("windows.from", from, DAY - 1), minute("windows.to", to, DAY), zone);
    }

    /** The days of a window. */
    public static List<String> days(Window window) {
        return window.days().stream().map(day -> DAYS.get(day - 1)).toList();
    }

    /** A minute of the day as {@code HH:MM}. */
    public static String time(int minute) {
        return String.format(Locale.ROOT, "%02d:%02d", minute / HOUR, minute % HOUR);
    }

    private static int minute(String field, String text, int most) {
        Matcher matcher = TIME.matcher(text);
        int minute = !matcher.matches()
                ? -1
                : matcher.group(1) == null
                        ? DAY
                        : Integer.parseInt(matcher.group(1)) * HOUR + Integer.parseInt(matcher.group(2));
        if (minute < 0 || minute > most) {
            throw wrong(field + ": a time such as 09:00");
        }
        return minute;
    }

    private static Refused wrong(String detail) {
        return new Refused(Rejection.of(Rejection.Reason.INVALID, detail));
    }
}
