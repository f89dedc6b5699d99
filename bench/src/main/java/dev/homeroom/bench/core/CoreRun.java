package dev.homeroom.bench.core;

import dev.homeroom.bench.report.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link CoreBenchmark} in a JVM of its own. */
public final class CoreRun {
    private static final int ITERATIONS = 5;
    /** By the gc profiler: bytes allocated for each operation. */
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private static final double NANOS_PER_SECOND = 1e9;

    private CoreRun() {}

    /** One row for each benchmark, each measured for about so many seconds after a warm-up of the same length. */
    public static List<Row> run(int seconds) throws RunnerException {
        TimeValue iteration = TimeValue.milliseconds(Math.max(200, seconds * 1_000L / ITERATIONS));
        return new Runner(new OptionsBuilder()
                        .include(CoreBenchmark.class.getName())
                        .forks(1)
                        .warmupIterations(ITERATIONS)
                        .warmupTime(iteration)
                        .measurementIterations(ITERATIONS)
                        .measurementTime(iteration)
                        .addProfiler(GCProfiler.class)
                        .addProfiler(CpuProfiler.class)
                        .jvmArgs("-Xms1g", "-Xmx1g")
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run().stream().map(CoreRun::row).toList();
    }

    private static Row row(RunResult result) {
        Result<?> score = result.getPrimaryResult();
        Map<String, Object> extras = new LinkedHashMap<>();
        extras.put("error", score.getScoreError());
        secondary(result, ALLOCATED).ifPresent(bytes -> extras.put("bytes_per_op", bytes));
        secondary(result, CpuProfiler.NANOS).ifPresent(nanos -> {
            extras.put("cpu_ns_per_op", nanos);
            extras.put("ops_per_cpu_s", NANOS_PER_SECOND / nanos);
        });
        return new Row("core", words(result.getParams().getBenchmark()), 1, 1, score.getScore(), null, null, extras);
    }

    private static Optional<Double> secondary(RunResult result, String name) {
        return Optional.ofNullable(result.getSecondaryResults().get(name)).map(found -> found.getScore());
    }

    /** {@code …CoreBenchmark.mixedWithCodec} is "mixed with codec". */
    static String words(String benchmark) {
        return benchmark
                .substring(benchmark.lastIndexOf('.') + 1)
                .replaceAll("([A-Z])", " $1")
                .toLowerCase(Locale.ROOT);
    }
}
