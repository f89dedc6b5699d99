package dev.homeroom.bench.core;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Processor time for each operation, garbage collection and compiler included: unlike operations a second it says the same
 * on a machine that has other things to do. JMH makes it by its name, so it is public and has no arguments.
 */
public final class CpuProfiler implements InternalProfiler {
    /** Its result: nanoseconds for each operation. */
    static final String NANOS = "cpu.nanos.per.op";

    private long before;

    @Override
    public String getDescription() {
        return "Processor time for each operation";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = used();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double nanos = used() - before;
        long operations = result.getMetadata().getAllOps();
        return List.of(new ScalarResult(
                NANOS, operations == 0 ? Double.NaN : nanos / operations, "ns/op", AggregationPolicy.AVG));
    }

    private static long used() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}
