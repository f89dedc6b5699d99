package dev.homeroom.platform.event;

/** A record that can never be read: it belongs to the dead letters, and the consumer goes on. */
public final class UndecodableEventException extends RuntimeException {
    private final boolean unknownType;

    private UndecodableEventException(String reason, boolean unknownType) {
        super(reason, null, false, false);
        this.unknownType = unknownType;
    }

    static UndecodableEventException malformed(String reason) {
        return new UndecodableEventException(reason, false);
    }

    static UndecodableEventException unknownType(String type) {
        return new UndecodableEventException("nobody here knows events of type '" + type + "'", true);
    }

    /** What is wrong, in words for the dead letter's header. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /** Whether only the type is unknown: possibly news from a later version, which a consumer may pass over. */
    public boolean isUnknownType() {
        return unknownType;
    }
}
