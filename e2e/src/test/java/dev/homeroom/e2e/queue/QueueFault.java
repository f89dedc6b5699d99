package dev.homeroom.e2e.queue;

/** What can happen to the queue and to what it stands on. */
enum QueueFault {
    /** SIGKILL of one replica of queue-service; it is started again. */
    KILLED_QUEUE,
    /** SIGKILL of both. */
    KILLED_QUEUES,
    /** SIGSTOP of one replica for longer than claims and leases live, then SIGCONT: what it was about to do, it does now. */
    PAUSED_QUEUE,
    /** SIGTERM of one replica after the other, each started again before the next. */
    ROLLING_RESTART,
    /** SIGKILL of the coordinator's leader; it is started again. */
    KILLED_LEADER,
    /** SIGKILL of one replica of the coordinator, whatever it is; it is started again. */
    KILLED_COORDINATOR,
    /** One replica of queue-service loses its way to the coordinator: broken, silent, or without answers. */
    CUT_FROM_COORDINATOR,
    /** One replica of queue-service loses its way to PostgreSQL: broken, silent, or without answers. */
    CUT_FROM_POSTGRES,
    /** SIGKILL of the broker; it is started again after a while. */
    KAFKA_DOWN,
    /** SIGKILL of the postmaster; it is started again. */
    KILLED_POSTGRES,
    /** A transaction of somebody else stays open, with or without locks on tasks. */
    STUCK_TRANSACTION
}
