package dev.homeroom.platform.security;

/** The roles a token can carry in its {@code groups} claim. */
public final class Roles {
    /** Reads everything about the fleet, and metrics and OpenAPI. */
    public static final String OPERATOR = "operator";
    /** Sessions, claims, tasks: an agent or a worker. */
    public static final String AGENT = "agent";
    /** An education app: publishes metric events of its classrooms. */
    public static final String APP = "app";
    /** A teacher: sees and acts on their own classrooms. */
    public static final String TEACHER = "teacher";
    /** May do everything, everywhere. */
    public static final String ADMIN = "admin";
    /** One of our own services, calling another. */
    public static final String SERVICE = "service";

    private Roles() {}
}
