package dev.homeroom.bench.load;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Processor time of this process ("client") and of the processes of a server ("server"). */
public final class CpuMeter {
    private final List<Long> servers;

    /** Of this process and these. */
    public CpuMeter(List<Long> servers) {
        this.servers = List.copyOf(servers);
    }

    /** Processor time used so far. */
    public record Reading(Duration client, Duration server) {}

    /** Reads both; processes that have ended count 0. */
    public Reading read() {
        Duration server = servers.stream().map(CpuMeter::used).reduce(Duration.ZERO, Duration::plus);
        return new Reading(used(ProcessHandle.current().pid()), server);
    }

    /** The mean use between two readings, in cores. */
    public static Map<String, Double> cores(Reading before, Reading after, long nanos) {
        Map<String, Double> cores = new LinkedHashMap<>();
        cores.put("client", share(before.client(), after.client(), nanos));
        cores.put("server", share(before.server(), after.server(), nanos));
        return cores;
    }

    private static double share(Duration before, Duration after, long nanos) {
        return (double) after.minus(before).toNanos() / nanos;
    }

    private static Duration used(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }
}
