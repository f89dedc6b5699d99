package dev.homeroom.contracts.event;

import dev.homeroom.contracts.alert.AlertChange;
import dev.homeroom.contracts.frustration.EpisodeChange;
import dev.homeroom.contracts.frustration.SuspectChange;
import dev.homeroom.contracts.grant.GrantChange;
import dev.homeroom.contracts.grant.GrantGap;
import dev.homeroom.contracts.rollup.MinuteRollup;
import dev.homeroom.contracts.session.SessionChange;
import dev.homeroom.contracts.student.StudentErased;
import dev.homeroom.contracts.task.TaskTransition;
import dev.homeroom.contracts.usability.MetricEvent;

/**
 * Every type of event that crosses a process boundary: its CloudEvents {@code type}, the topic that carries it, and the
 * record its data decodes to. The JSON Schema of the data is the resource {@code schemas/<type>.json}.
 */
public enum EventType {
    SESSION_CHANGED("dev.homeroom.session.v1.changed", Topics.SESSIONS, SessionChange.class),
    GRANT_CHANGED("dev.homeroom.grant.v1.changed", Topics.GRANTS, GrantChange.class),
    GRANT_GAP("dev.homeroom.grant.v1.gap", Topics.GRANTS, GrantGap.class),
    TASK_CHANGED("dev.homeroom.task.v1.changed", Topics.TASKS, TaskTransition.class),
    USABILITY_OBSERVED("dev.homeroom.usability.v1.observed", Topics.USABILITY, MetricEvent.class),
    EPISODE_CHANGED("dev.homeroom.frustration.v1.changed", Topics.FRUSTRATION, EpisodeChange.class),
    SUSPECT_CHANGED("dev.homeroom.suspect.v1.changed", Topics.SUSPECTS, SuspectChange.class),
    ALERT_CHANGED("dev.homeroom.alert.v1.changed", Topics.ALERTS, AlertChange.class),
    ROLLUP_UPDATED("dev.homeroom.rollup.v1.updated", Topics.ROLLUPS, MinuteRollup.class),
    STUDENT_ERASED("dev.homeroom.student.v1.erased", Topics.STUDENTS, StudentErased.class);

    private final String type;
    private final String topic;
    private final Class<? extends Record> dataClass;

    EventType(String type, String topic, Class<? extends Record> dataClass) {
        this.type = type;
        this.topic = topic;
        this.dataClass = dataClass;
    }

    /** The CloudEvents {@code type} attribute. */
    public String type() {
        return type;
    }

    /** The topic that carries events of this type. */
    public String topic() {
        return topic;
    }

    /** The record that the data decodes to. */
    public Class<? extends Record> dataClass() {
        return dataClass;
    }
}
