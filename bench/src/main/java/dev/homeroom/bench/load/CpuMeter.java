package dev.homeroom.bench.load;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Processor time in seconds of this process ("client") and of the processes of a server ("server"). */
public final class CpuMeter implements Meter {
    private static final double NANOS_PER_SECOND = 1e9;

    private final List<Long> servers;

    /** Of this process and these. */
    public CpuMeter(List<Long> servers) {
        this.servers = List.copyOf(servers);
    }

    @Override
    public Map<String, Double> read() {
        Map<String, Double> used = new LinkedHashMap<>();
        used.put("client", secondsOf(ProcessHandle.current().pid()));
        used.put("server", servers.stream().mapToDouble(CpuMeter::secondsOf).sum());
        return used;
    }

    /** Processor time of a process so far, in seconds; 0 when it has ended. */
    public static double secondsOf(long pid) {
        Duration used = ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
        return used.toNanos() / NANOS_PER_SECOND;
    }
}
