package dev.homeroom.coordinator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Settings of this replica. Those of {@link #sessions()} and {@link #grants()} are replicated by the leader. */
@ConfigMapping(prefix = "homeroom.coordinator")
public interface CoordinatorConfig {
    /** Who takes part. */
    Cluster cluster();

    /** How the replicas agree. */
    Raft raft();

    /** Leases and their bounds. */
    Sessions sessions();

    /** Grants and their bounds. */
    Grants grants();

    /** What callers may have under way at this replica. */
    Desk desk();

    /** Where this replica is, and where the others are. */
    interface Cluster {
        /** Whether there may be other replicas; absent: if {@link #peers()} are given or another cluster is joined. */
        Optional<Boolean> enabled();

        /** The id of this replica. */
        @WithDefault("n1")
        String nodeId();

        /** Where log and snapshots live; made when missing. */
        @WithDefault(".homeroom/coordinator")
        Path dataDir();

        /** {@code host:port} to listen on for the other replicas. */
        @WithDefault("127.0.0.1:8300")
        String bindAddress();

        /** {@code host:port} by which the others reach that; absent: the same. Differs behind NAT and in containers. */
        Optional<String> advertiseAddress();

        /** {@code host:port} by which the others reach HTTP and gRPC here; absent: host and port of HTTP. */
        Optional<String> serviceAddress();

        /** How replicas find each other; {@code static} is the only way: the {@link #peers()}. */
        @WithDefault("static")
        String discovery();

        /** {@code id=raft-address=service-address} of every replica, this one included; absent: a single replica. */
        Optional<List<String>> peers();

        /** Whether to begin a cluster with the {@link #peers()}; if not, an empty replica waits to be added to one. */
        @WithDefault("true")
        boolean bootstrap();

        /**
         * When the data were restored from a backup, as an instant: events from then on are told apart from those that
         * were published after the backup was made. Stays set; each restore has an instant of its own, never the future.
         */
        Optional<Instant> restoredAt();
    }

    /** Timing and snapshots. */
    interface Raft {
        /** How often a leader shows that it lives: always half of {@link #electionTimeoutMin()}, set one of them. */
        Optional<Duration> heartbeatInterval();

        /** Shortest silence of the leader before an election; absent: 400 ms, which does not flap on a busy laptop. */
        Optional<Duration> electionTimeoutMin();

        /** Longest; absent: twice the shortest. */
        Optional<Duration> electionTimeoutMax();

        /** A snapshot is taken this often when something changed. */
        @WithDefault("120s")
        Duration snapshotInterval();

        /** And after this many log entries; bounds the log: an entry has at most 1 MB, usually a few KB. */
        @WithDefault("20000")
        @Min(100)
        long snapshotThreshold();

        /** How many snapshots are kept. */
        @WithDefault("2")
        @Min(1)
        @Max(100)
        int snapshotRetain();
    }

    /** Defaults and bounds of sessions. */
    interface Sessions {
        /** Lease of a session that asks for none. */
        @WithDefault("30s")
        Duration leaseTimeout();

        /** How often such a session should heartbeat. */
        @WithDefault("10s")
        Duration heartbeatInterval();

        /** A heartbeat or activity older than this makes a session stale. */
        @WithDefault("5m")
        Duration staleThreshold();

        /** How long a session without a heartbeat counts as starting. */
        @WithDefault("60s")
        Duration launchGrace();

        /** How many may live at once. */
        @WithDefault("20000")
        @Min(1)
        @Max(1_000_000)
        int most();
    }

    /** Defaults and bounds of grants. */
    interface Grants {
        /** Time to live of a grant that asks for none. */
        @WithDefault("10m")
        Duration ttl();

        /** How many may be held at once. */
        @WithDefault("2000000")
        @Min(1)
        int most();

        /** How many one session may hold. */
        @WithDefault("10000")
        @Min(1)
        int mostPerSession();

        /** How many changes wait for publication before the oldest become a gap. */
        @WithDefault("100000")
        @Min(1000)
        @Max(10_000_000)
        int backlog();
    }

    /** Bounds of the interfaces of this replica. */
    interface Desk {
        /**
         * Commands in flight. One and a half times as many, the worst case, fit the leader's queue and the link to the
         * leader. A single caller may have all of it, while nobody else asks.
         */
        @WithDefault("2560")
        @Min(64)
        @Max(5_000)
        int inFlight();

        /** Clients that wait for a resource; a single caller may have all of it, while nobody else waits. */
        @WithDefault("10000")
        @Min(1)
        @Max(100_000)
        int mostWaiting();

        /** Streams of changes. */
        @WithDefault("256")
        @Min(1)
        @Max(10_000)
        int mostWatching();
    }
}
