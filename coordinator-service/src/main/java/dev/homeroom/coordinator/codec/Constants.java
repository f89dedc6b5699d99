package dev.homeroom.coordinator.codec;

import dev.homeroom.coordinator.core.EndReason;
import dev.homeroom.coordinator.core.Kind;
import dev.homeroom.coordinator.core.Rejection.Reason;
import dev.homeroom.coordinator.core.Status;
import dev.homeroom.coordinator.core.Strategy;
import dev.homeroom.coordinator.core.TaskOutcome;
import dev.homeroom.coordinator.store.v1.StoredEnd;
import dev.homeroom.coordinator.store.v1.StoredKind;
import dev.homeroom.coordinator.store.v1.StoredOutcome;
import dev.homeroom.coordinator.store.v1.StoredReason;
import dev.homeroom.coordinator.store.v1.StoredStatus;
import dev.homeroom.coordinator.store.v1.StoredStrategy;
import org.jspecify.annotations.Nullable;

/** Constants and their numbers in what is stored; a number this version does not know is {@link UnreadableException}. */
final class Constants {
    private Constants() {}

    static StoredKind stored(Kind value) {
        return switch (value) {
            case LOCK -> StoredKind.STORED_KIND_LOCK;
            case CLAIM -> StoredKind.STORED_KIND_CLAIM;
            case LIMIT -> StoredKind.STORED_KIND_LIMIT;
        };
    }

    static Kind core(StoredKind value) {
        return switch (value) {
            case STORED_KIND_LOCK -> Kind.LOCK;
            case STORED_KIND_CLAIM -> Kind.CLAIM;
            case STORED_KIND_LIMIT -> Kind.LIMIT;
            case STORED_KIND_UNSPECIFIED, UNRECOGNIZED -> throw unknown("kind");
        };
    }

    static StoredKind storedOrAll(@Nullable Kind value) {
        return value == null ? StoredKind.STORED_KIND_UNSPECIFIED : stored(value);
    }

    static @Nullable Kind coreOrAll(StoredKind value) {
        return value == StoredKind.STORED_KIND_UNSPECIFIED ? null : core(value);
    }

    static StoredStrategy stored(Strategy value) {
        return switch (value) {
            case FAIL_FAST -> StoredStrategy.STORED_STRATEGY_FAIL_FAST;
            case RETRY -> StoredStrategy.STORED_STRATEGY_RETRY;
            case STEAL_STALE -> StoredStrategy.STORED_STRATEGY_STEAL_STALE;
            case FORCE_ACQUIRE -> StoredStrategy.STORED_STRATEGY_FORCE_ACQUIRE;
        };
    }

    static Strategy core(StoredStrategy value) {
        return switch (value) {
            case STORED_STRATEGY_FAIL_FAST -> Strategy.FAIL_FAST;
            case STORED_STRATEGY_RETRY -> Strategy.RETRY;
            case STORED_STRATEGY_STEAL_STALE -> Strategy.STEAL_STALE;
            case STORED_STRATEGY_FORCE_ACQUIRE -> Strategy.FORCE_ACQUIRE;
            case STORED_STRATEGY_UNSPECIFIED, UNRECOGNIZED -> throw unknown("strategy");
        };
    }

    static StoredEnd stored(@Nullable EndReason value) {
        if (value == null) {
            return StoredEnd.STORED_END_NONE;
        }
        return switch (value) {
            case RELEASED -> StoredEnd.STORED_END_RELEASED;
            case EXPIRED -> StoredEnd.STORED_END_EXPIRED;
            case SESSION_FAILED -> StoredEnd.STORED_END_SESSION_FAILED;
            case SESSION_RELEASED -> StoredEnd.STORED_END_SESSION_RELEASED;
            case SUPERSEDED -> StoredEnd.STORED_END_SUPERSEDED;
            case UNCONFIRMED -> StoredEnd.STORED_END_UNCONFIRMED;
            case STOLEN -> StoredEnd.STORED_END_STOLEN;
            case FORCED -> StoredEnd.STORED_END_FORCED;
            case CANCELLED -> StoredEnd.STORED_END_CANCELLED;
        };
    }

    static @Nullable EndReason core(StoredEnd value) {
        return switch (value) {
            case STORED_END_NONE -> null;
            case STORED_END_RELEASED -> EndReason.RELEASED;
            case STORED_END_EXPIRED -> EndReason.EXPIRED;
            case STORED_END_SESSION_FAILED -> EndReason.SESSION_FAILED;
            case STORED_END_SESSION_RELEASED -> EndReason.SESSION_RELEASED;
            case STORED_END_SUPERSEDED -> EndReason.SUPERSEDED;
            case STORED_END_UNCONFIRMED -> EndReason.UNCONFIRMED;
            case STORED_END_STOLEN -> EndReason.STOLEN;
            case STORED_END_FORCED -> EndReason.FORCED;
            case STORED_END_CANCELLED -> EndReason.CANCELLED;
            case UNRECOGNIZED -> throw unknown("end");
        };
    }

    /** An end where there must be one. */
    static EndReason end(StoredEnd value) {
        EndReason reason = core(value);
        if (reason == null) {
            throw unknown("end");
        }
        return reason;
    }

    static StoredStatus stored(@Nullable Status value) {
        if (value == null) {
            return StoredStatus.STORED_STATUS_NONE;
        }
        return switch (value) {
            case STARTING -> StoredStatus.STORED_STATUS_STARTING;
            case ACTIVE -> StoredStatus.STORED_STATUS_ACTIVE;
            case IDLE -> StoredStatus.STORED_STATUS_IDLE;
            case STALE -> StoredStatus.STORED_STATUS_STALE;
            case FAILED -> StoredStatus.STORED_STATUS_FAILED;
            case RELEASED -> StoredStatus.STORED_STATUS_RELEASED;
        };
    }

    static @Nullable Status core(StoredStatus value) {
        return switch (value) {
            case STORED_STATUS_NONE -> null;
            case STORED_STATUS_STARTING -> Status.STARTING;
            case STORED_STATUS_ACTIVE -> Status.ACTIVE;
            case STORED_STATUS_IDLE -> Status.IDLE;
            case STORED_STATUS_STALE -> Status.STALE;
            case STORED_STATUS_FAILED -> Status.FAILED;
            case STORED_STATUS_RELEASED -> Status.RELEASED;
            case UNRECOGNIZED -> throw unknown("status");
        };
    }

    /** A status where there must be one. */
    static Status status(StoredStatus value) {
        Status status = core(value);
        if (status == null) {
            throw unknown("status");
        }
        return status;
    }

    static StoredOutcome stored(TaskOutcome value) {
        return switch (value) {
            case NONE -> StoredOutcome.STORED_OUTCOME_NONE;
            case DONE -> StoredOutcome.STORED_OUTCOME_DONE;
            case FAILED -> StoredOutcome.STORED_OUTCOME_FAILED;
            case CANCELLED -> StoredOutcome.STORED_OUTCOME_CANCELLED;
        };
    }

    static TaskOutcome core(StoredOutcome value) {
        return switch (value) {
            case STORED_OUTCOME_NONE -> TaskOutcome.NONE;
            case STORED_OUTCOME_DONE -> TaskOutcome.DONE;
            case STORED_OUTCOME_FAILED -> TaskOutcome.FAILED;
            case STORED_OUTCOME_CANCELLED -> TaskOutcome.CANCELLED;
            case UNRECOGNIZED -> throw unknown("outcome");
        };
    }

    static StoredReason stored(Reason value) {
        return switch (value) {
            case INVALID -> StoredReason.STORED_REASON_INVALID;
            case MANAGED_BY_QUEUE -> StoredReason.STORED_REASON_MANAGED_BY_QUEUE;
            case UNKNOWN_SESSION -> StoredReason.STORED_REASON_UNKNOWN_SESSION;
            case NOT_FOUND -> StoredReason.STORED_REASON_NOT_FOUND;
            case DEADLOCK -> StoredReason.STORED_REASON_DEADLOCK;
            case NONE_AVAILABLE -> StoredReason.STORED_REASON_NONE_AVAILABLE;
            case HELD -> StoredReason.STORED_REASON_HELD;
            case STALE_TOKEN -> StoredReason.STORED_REASON_STALE_TOKEN;
            case STALE_INCARNATION -> StoredReason.STORED_REASON_STALE_INCARNATION;
            case SESSION_ENDED -> StoredReason.STORED_REASON_SESSION_ENDED;
            case REQUEST_TOO_OLD -> StoredReason.STORED_REASON_REQUEST_TOO_OLD;
            case REQUEST_REUSED -> StoredReason.STORED_REASON_REQUEST_REUSED;
            case TOO_MANY -> StoredReason.STORED_REASON_TOO_MANY;
            case STALE_TERM -> StoredReason.STORED_REASON_STALE_TERM;
        };
    }

    static Reason core(StoredReason value) {
        return switch (value) {
            case STORED_REASON_INVALID -> Reason.INVALID;
            case STORED_REASON_MANAGED_BY_QUEUE -> Reason.MANAGED_BY_QUEUE;
            case STORED_REASON_UNKNOWN_SESSION -> Reason.UNKNOWN_SESSION;
            case STORED_REASON_NOT_FOUND -> Reason.NOT_FOUND;
            case STORED_REASON_DEADLOCK -> Reason.DEADLOCK;
            case STORED_REASON_NONE_AVAILABLE -> Reason.NONE_AVAILABLE;
            case STORED_REASON_HELD -> Reason.HELD;
            case STORED_REASON_STALE_TOKEN -> Reason.STALE_TOKEN;
            case STORED_REASON_STALE_INCARNATION -> Reason.STALE_INCARNATION;
            case STORED_REASON_SESSION_ENDED -> Reason.SESSION_ENDED;
            case STORED_REASON_REQUEST_TOO_OLD -> Reason.REQUEST_TOO_OLD;
            case STORED_REASON_REQUEST_REUSED -> Reason.REQUEST_REUSED;
            case STORED_REASON_TOO_MANY -> Reason.TOO_MANY;
            case STORED_REASON_STALE_TERM -> Reason.STALE_TERM;
            case STORED_REASON_UNSPECIFIED, UNRECOGNIZED -> throw unknown("reason");
        };
    }

    private static UnreadableException unknown(String what) {
        return new UnreadableException("a " + what + " of a later version, or none");
    }
}
