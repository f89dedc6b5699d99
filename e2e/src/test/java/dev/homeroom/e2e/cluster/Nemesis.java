package dev.homeroom.e2e.cluster;

import dev.homeroom.e2e.cluster.Link.Mode;
import dev.homeroom.e2e.cluster.Plan.Step;
import dev.homeroom.local.process.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Does to the cluster what a plan says, one fault after the other. During each fault and after it the clients must come
 * on: a majority works all the time.
 */
final class Nemesis {
    /** Enough to know that clients are served, and for faults to fall among requests. */
    private static final int CHANGES = 25;

    private static final Duration DISK_LIMIT = Duration.ofSeconds(40);

    /** A leader that stood still for longer than a second steps down ({@code RatisProperties}). */
    private static final Duration STEPS_DOWN = Duration.ofMillis(2_500);

    private final Cluster cluster;
    private final Workload workload;

    Nemesis(Cluster cluster, Workload workload) {
        this.cluster = cluster;
        this.workload = workload;
    }

    /** Does it, undoes it, and returns when all replicas are ready; what was special about it, for people. */
    String run(Step<Fault> step) {
        Node leader = cluster.leader();
        String what = switch (step.fault()) {
            case KILLED_LEADER -> killed(leader);
            case KILLED_FOLLOWER -> killed(cluster.others(leader).get(step.of(2)));
            case LEFT_BEHIND -> leftBehind(leader, cluster.others(leader).get(step.of(2)));
            case PAUSED_LEADER -> paused(leader);
            case CUT_OFF_LEADER -> isolated(leader, Mode.BROKEN, step);
            case SILENT_LEADER -> isolated(leader, Mode.SILENT, step);
            case HALF_PARTITION -> halfPartition(leader, step);
            case PLANNED_STOP -> stopped(leader);
            case CLOCK_STEP -> clocks(leader, step);
            case FULL_DISK ->
                fullDisk(step.of(2) == 0 ? leader : cluster.others(leader).get(step.also(2)));
        };
        cluster.awaitAllReady();
        workload.awaitChanges("after " + step.fault(), CHANGES);
        return what;
    }

    private String killed(Node node) {
        node.kill();
        comeOn("while " + node.name() + " is dead");
        node.start();
        return node.name();
    }

    /** A change of term closes the segment of the log, and the snapshot after it lets go of that. */
    private String leftBehind(Node leader, Node follower) {
        follower.kill();
        leader.pause();
        Await.until(STEPS_DOWN, () -> false);
        leader.resume();
        comeOn("after the leader " + leader.name() + " had stood still, with " + follower.name() + " dead");
        long start = System.nanoTime();
        do {
            comeOn("while " + follower.name() + " is left behind");
        } while (System.nanoTime() - start < Cluster.SNAPSHOTS.multipliedBy(2).toNanos());
        follower.start();
        return follower.name();
    }

    private String stopped(Node leader) {
        leader.stop();
        comeOn("after " + leader.name() + " stopped");
        leader.start();
        return leader.name();
    }

    private String paused(Node leader) {
        leader.pause();
        try {
            cluster.awaitLeaderAmong(cluster.others(leader));
            comeOn("while " + leader.name() + " stands still");
        } finally {
            leader.resume();
        }
        return leader.name();
    }

    /**
     * The trap: a leader that is cut off and does not know it. Whatever is asked there after the cut cannot be agreed on
     * with the others, so every answer but "not now" would be made up.
     */
    private String isolated(Node leader, Mode mode, Step<Fault> step) {
        String resource = workload.resources().any(new Random(step.variant()));
        cluster.network().isolate(leader.number(), mode);
        try {
            askInVain(leader, resource);
            cluster.awaitLeaderAmong(cluster.others(leader));
            comeOn("while " + leader.name() + " is cut off");
            cluster.await(
                    leader.name() + " to answer that it knows no leader",
                    () -> askInVain(leader, resource).problem().equals("not-leader"));
        } finally {
            cluster.network().heal(step.of(2) == 0);
        }
        return leader.name() + (step.of(2) == 0 ? ", kept back until the end" : "");
    }

    private Door.Reply askInVain(Node cutOff, String resource) {
        Door.Reply reply = Reader.look(cutOff.number(), cutOff.door(), resource, workload.ledger());
        if (!reply.unknown() && !reply.nothingDone()) {
            workload.ledger().violated(cutOff.name() + " was cut off and answered " + reply);
        }
        return reply;
    }

    private String halfPartition(Node leader, Step<Fault> step) {
        Node follower = cluster.others(leader).get(step.also(2));
        Network network = cluster.network();
        String what = switch (step.of(5)) {
            case 0 -> {
                network.from(leader.number(), Mode.DEAF);
                yield "no answer reaches the leader " + leader.name();
            }
            case 1 -> {
                network.between(leader.number(), follower.number(), Mode.SILENT);
                yield "silence between the leader " + leader.name() + " and " + follower.name();
            }
            case 2 -> {
                network.raftOf(leader.number(), Mode.SILENT);
                yield "no Raft for the leader " + leader.name() + ", which can be asked by the others";
            }
            case 3 -> {
                network.isolate(follower.number(), Mode.BROKEN);
                yield "the follower " + follower.name() + " is cut off";
            }
            default -> {
                network.from(follower.number(), Mode.BROKEN);
                yield "the follower " + follower.name() + " can be reached but reaches nobody";
            }
        };
        try {
            comeOn("while " + what);
        } finally {
            network.heal(step.also(3) > 0);
        }
        return what;
    }

    private String clocks(Node leader, Step<Fault> step) {
        List<Node> stepped = step.of(3) == 0 ? cluster.nodes() : List.of(leader);
        long hours = 1L + step.also(9);
        Duration offset = Duration.ofHours(step.of(2) == 0 ? hours : -hours);
        if (stepped.stream().anyMatch(node -> node.clock().isEmpty())) {
            return "left out: libfaketime is not installed (Debian: faketime)";
        }
        set(stepped, offset);
        String shown;
        try {
            long start = System.nanoTime();
            do {
                comeOn("with clocks at " + offset);
            } while (System.nanoTime() - start < Clock.NOTICED.toNanos());
            shown = shownTime(leader);
        } finally {
            set(stepped, Duration.ZERO);
        }
        return stepped.stream().map(Node::name).toList() + " by " + offset + " and back" + shown;
    }

    /** How far off the time is that answers show: that the step was noticed. */
    private static String shownTime(Node node) {
        String heartbeat = node.door()
                .get("/api/sessions/" + Workload.SOMEBODY)
                .body()
                .path("lastActivity")
                .asText();
        return heartbeat.isEmpty()
                ? ""
                : "; answers were off by "
                        + Duration.between(Instant.now(), Instant.parse(heartbeat))
                                .toMinutes() + " min";
    }

    private static void set(List<Node> nodes, Duration offset) {
        nodes.forEach(node -> node.clock().ifPresent(clock -> clock.set(offset)));
    }

    /** A replica without space ends with the reason, or lives on as long as it needs none; it never forgets. */
    private String fullDisk(Node node) {
        Optional<Disk> disk = node.disk();
        if (disk.isEmpty()) {
            return "left out: this machine lets nobody mount a file system in a namespace (unshare --user --mount)";
        }
        boolean ended;
        disk.get().fill();
        try {
            try (Bulk _ = new Bulk(cluster)) {
                ended = node.ends(DISK_LIMIT);
            }
            comeOn("while the disk of " + node.name() + " is full");
        } finally {
            disk.get().free();
        }
        if (ended) {
            if (node.lastWords().stream().noneMatch(line -> line.contains("This replica stops"))) {
                workload.ledger().violated(node.name() + " ended without a reason: " + node.lastWords());
            }
            node.start();
        }
        return node.name() + (ended ? " ended with the reason" : " lived on");
    }

    private void comeOn(String when) {
        workload.awaitChanges(when, CHANGES);
    }
}
