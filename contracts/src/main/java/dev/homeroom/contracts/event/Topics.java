package dev.homeroom.contracts.event;

/**
 * The Kafka topics: {@code homeroom.<domain>.v1}, one per domain, keyed by the id of the aggregate, so that the changes
 * of one aggregate stay in order. A record that a consumer cannot take goes to {@link #deadLetters(String)}.
 */
public final class Topics {
    /** Session changes, key = session id; from the coordinator. */
    public static final String SESSIONS = "homeroom.sessions.v1";
    /** Grants begun and ended, and gaps in them, key = resource ({@code kind:name}); from the coordinator. */
    public static final String GRANTS = "homeroom.grants.v1";
    /** Task transitions, key = task id; from queue-service. */
    public static final String TASKS = "homeroom.tasks.v1";
    /** Usability metric events as apps publish them, key = classroom, partitioned by murmur2 as Java clients do. */
    public static final String USABILITY = "homeroom.usability.v1";
    /** Frustration episodes, key = classroom; from metrics-service. */
    public static final String FRUSTRATION = "homeroom.frustration.v1";
    /** Elements of apps that many students have trouble with, key = app; from metrics-service. */
    public static final String SUSPECTS = "homeroom.suspects.v1";
    /** Alert changes in {@code seq} order, key = classroom; from dashboard-service. */
    public static final String ALERTS = "homeroom.alerts.v1";
    /** The latest minute of each classroom, key = classroom; read by every replica, without a group. */
    public static final String ROLLUPS = "homeroom.rollups.v1";
    /** Students who are to be forgotten, key = student; from metrics-service. */
    public static final String STUDENTS = "homeroom.students.v1";

    /** The fixed number of partitions of every topic above; changing it would break the order of keys. */
    public static final int PARTITIONS = 6;

    private Topics() {}

    /** The topic that holds what consumers of {@code topic} could not take, each record with its reason. */
    public static String deadLetters(String topic) {
        return topic + ".dlq";
    }
}
