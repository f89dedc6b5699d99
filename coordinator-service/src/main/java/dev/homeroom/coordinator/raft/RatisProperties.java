package dev.homeroom.coordinator.raft;

import dev.homeroom.coordinator.Member;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.rpc.SupportedRpcType;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** The settings of Ratis, each with its reason where it is not the default. */
final class RatisProperties {
    /** Also the pause of the JVM after which a leader steps down: never 0. The default, 10 s, gave 11 s outages. */
    private static final Duration STEP_DOWN_WAIT = Duration.ofSeconds(1);
    /** A pause alone must never end the server (the default is 60 s): a process that was stopped carries on. */
    private static final Duration CLOSE_AFTER_PAUSE = Duration.ofDays(1);
    /** Retries are recognised by the state itself, not by this cache; followers fill it all the same. */
    private static final Duration RETRY_CACHE_KEPT = Duration.ofSeconds(5);
    /** Alone, there is nobody to wait for. */
    private static final Duration FIRST_ELECTION_ALONE = Duration.ofMillis(50);

    /** How long a new member may be silent while it is sent the state. */
    private static final Duration STAGING = Duration.ofSeconds(15);

    /**
     * Pauses before a follower that failed is tried again, each with how often. The default ends with 5 s: a replica that had
     * been away for half a minute heard nothing of its leader for as long after it was back, and stood for election.
     */
    private static final String RETRIES = "1ms,10, 100ms,20, 500ms,1000000";

    private static final String SEGMENT_SIZE = "8MB";
    /** More than what a follower is sent at once (4 MB): Ratis wants it so. */
    private static final String WRITE_BUFFER = "5MB";

    private RatisProperties() {}

    static RaftProperties of(RaftSettings settings) {
        RaftProperties properties = new RaftProperties();
        RaftConfigKeys.Rpc.setType(properties, SupportedRpcType.GRPC);
        GrpcConfigKeys.Server.setHost(properties, Member.host(settings.bindAddress()));
        GrpcConfigKeys.Server.setPort(properties, Member.port(settings.bindAddress()));
        RaftServerConfigKeys.setStorageDir(
                properties, List.of(settings.dataDir().toFile()));
        RaftServerConfigKeys.setRemovedGroupsDir(
                properties, settings.dataDir().resolve("removed").toFile());
        RaftServerConfigKeys.setCloseThreshold(properties, millis(CLOSE_AFTER_PAUSE));
        RaftServerConfigKeys.setStagingTimeout(properties, millis(STAGING));
        elections(properties, settings);
        log(properties);
        snapshots(properties, settings);
        RaftServerConfigKeys.RetryCache.setExpiryTime(properties, millis(RETRY_CACHE_KEPT));
        return properties;
    }

    private static void elections(RaftProperties properties, RaftSettings settings) {
        Duration min = settings.timing().electionTimeoutMin();
        Duration max = settings.timing().electionTimeoutMax();
        RaftServerConfigKeys.Rpc.setTimeoutMin(properties, millis(min));
        RaftServerConfigKeys.Rpc.setTimeoutMax(properties, millis(max));
        boolean single = settings.single();
        RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(properties, millis(single ? FIRST_ELECTION_ALONE : min));
        RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(
                properties, millis(single ? FIRST_ELECTION_ALONE.multipliedBy(2) : max));
        RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(properties, millis(STEP_DOWN_WAIT));
    }

    /** Small segments: a laptop holds them, and purging frees space soon. Flushes stay synchronous. */
    private static void log(RaftProperties properties) {
        RaftServerConfigKeys.Log.setSegmentSizeMax(properties, SizeInBytes.valueOf(SEGMENT_SIZE));
        RaftServerConfigKeys.Log.setPreallocatedSize(properties, SizeInBytes.valueOf("1MB"));
        RaftServerConfigKeys.Log.setWriteBufferSize(properties, SizeInBytes.valueOf(WRITE_BUFFER));
        RaftServerConfigKeys.Log.setPurgeUptoSnapshotIndex(properties, true);
        RaftServerConfigKeys.Log.setPurgeGap(properties, 1);
        // An entry with the commit index would follow every commit: twice the entries and flushes, to
        // know some entries as committed at a start a little before the leader says so. In a handover
        // it came between the heir and its votes.
        RaftServerConfigKeys.Log.setLogMetadataEnabled(properties, false);
        RaftServerConfigKeys.Log.Appender.setRetryPolicy(properties, RETRIES);
    }

    private static void snapshots(RaftProperties properties, RaftSettings settings) {
        RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(properties, true);
        RaftServerConfigKeys.Snapshot.setAutoTriggerThreshold(
                properties, settings.snapshots().threshold());
        RaftServerConfigKeys.Snapshot.setCreationGap(properties, 1);
        RaftServerConfigKeys.Snapshot.setRetentionFileNum(
                properties, settings.snapshots().retained());
        RaftServerConfigKeys.Snapshot.setTriggerWhenStopEnabled(properties, true);
    }

    private static TimeDuration millis(Duration duration) {
        return TimeDuration.valueOf(duration.toMillis(), TimeUnit.MILLISECONDS);
    }
}
