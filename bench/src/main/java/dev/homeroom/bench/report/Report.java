package dev.homeroom.bench.report;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints figures as they come, as JSON lines or as a table, and sets ours beside the references'. */
public final class Report {
    private static final String OURS = "homeroom";
    private static final String LINE = "%-9s %-26s %6s %6s %11s %9s %9s  %s%n";

    private final PrintWriter out;
    private final boolean json;
    private final List<Row> rows = new ArrayList<>();

    /** Onto a writer; the table's heading is printed at once. */
    public Report(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
        if (!json) {
            out.printf(LINE, "system", "operation", "at once", "nodes", "ops/s", "p50 ms", "p99 ms", "");
            out.flush();
        }
    }

    /** Prints a figure; ours gets {@code ratio_<system>} for every reference of the same load that came before. */
    public void add(Row row) {
        Row full = row.system().equals(OURS) ? compared(row) : row;
        rows.add(full);
        if (json) {
            out.println(full.json());
        } else {
            out.printf(
                    Locale.ROOT,
                    LINE,
                    full.system(),
                    full.operation(),
                    full.concurrency() == 0 ? "" : full.concurrency(),
                    full.nodes(),
                    cell(full.opsPerSecond()),
                    cell(full.p50Millis()),
                    cell(full.p99Millis()),
                    extras(full.extras()));
        }
        out.flush();
    }

    private Row compared(Row ours) {
        Row full = ours;
        for (Row other : rows) {
            if (other.system().equals("no-op") && ours.extras().get("requests_per_op") instanceof Integer requests) {
                full = full.with("ratio_no_op", requests * orZero(ours.opsPerSecond()) / orZero(other.opsPerSecond()));
            }
            if (!other.system().equals(OURS) && sameLoad(other, ours)) {
                Double there = other.opsPerSecond();
                Double here = ours.opsPerSecond();
                if (there != null && here != null && there > 0) {
                    full = full.with("ratio_" + other.system(), here / there);
                }
            }
        }
        return full;
    }

    private static double orZero(@Nullable Double value) {
        return value == null ? 0 : value;
    }

    /** The number of nodes may differ: a reference without replication has one. */
    private static boolean sameLoad(Row one, Row other) {
        return one.operation().equals(other.operation()) && one.concurrency() == other.concurrency();
    }

    private static String cell(@Nullable Double value) {
        return value == null ? "-" : String.valueOf(Row.rounded(value));
    }

    private static String extras(Map<String, Object> extras) {
        return extras.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + Row.rounded(entry.getValue()))
                .collect(Collectors.joining(" "));
    }
}
