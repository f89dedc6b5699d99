package dev.homeroom.e2e.cluster;

/** What can happen to a cluster. */
enum Fault {
    /** SIGKILL of the leader; it is started again. */
    KILLED_LEADER,
    /** SIGKILL of a follower; it is started again. */
    KILLED_FOLLOWER,
    /** SIGKILL of a follower; when it is started again, the others have purged what it lacks, so it gets a snapshot. */
    LEFT_BEHIND,
    /** SIGSTOP of the leader until another one leads, then SIGCONT. */
    PAUSED_LEADER,
    /** The leader's connections to the others break, and new ones too. Clients reach it still. */
    CUT_OFF_LEADER,
    /** The same in silence: connections stay, nothing arrives; in the end it arrives late, or never. */
    SILENT_LEADER,
    /** Some of the links, or one direction of them. */
    HALF_PARTITION,
    /** SIGTERM of the leader, which hands over before it ends; it is started again. */
    PLANNED_STOP,
    /** The wall clocks of one or all replicas step by hours. */
    CLOCK_STEP,
    /** No space is left for log and snapshots; it is freed later. */
    FULL_DISK
}
