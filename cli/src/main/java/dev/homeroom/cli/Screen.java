package dev.homeroom.cli;

import dev.homeroom.local.stack.StackEvent;
import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What the launcher says: plain lines, with colour on a terminal only (and not with NO_COLOR). Thread-safe. */
final class Screen {
    private final PrintStream out;
    private final boolean colour;

    Screen(PrintStream out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    static Screen ofThisProcess() {
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        return new Screen(System.out, terminal && System.getenv("NO_COLOR") == null);
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }

    void show(StackEvent event) {
        String name = event.part().label();
        switch (event) {
            case StackEvent.Starting e -> say(faint("  …  " + name));
            case StackEvent.Ready e -> say(green("  ok ") + " %-12s %s".formatted(name, seconds(e.took())));
            case StackEvent.Died e ->
                say(red("  !! ")
                        + " %s died (exit code %d); starting it again in %s"
                                .formatted(name, e.exitCode(), seconds(e.pause())));
            case StackEvent.GaveUp e -> say(red("  !! ") + " " + name + " keeps dying; shutting down");
            case StackEvent.Stopping e -> say(faint("  …  stopping " + name));
            case StackEvent.LeftOverStopped e ->
                say(faint("  …  stopped %s (process %d), left behind by an earlier start".formatted(name, e.pid())));
        }
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    String bold(String text) {
        return wrap("1", text);
    }

    String faint(String text) {
        return wrap("2", text);
    }

    String green(String text) {
        return wrap("32", text);
    }

    String red(String text) {
        return wrap("31", text);
    }

    private String wrap(String code, String text) {
        return colour ? "\033[" + code + "m" + text + "\033[0m" : text;
    }
}
