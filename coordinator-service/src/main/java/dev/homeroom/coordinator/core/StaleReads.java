package dev.homeroom.coordinator.core;

/** Reads of a state outside the log. Such an answer may be old; everything else goes through {@link Machine}. */
public final class StaleReads {
    private StaleReads() {}

    /** Whether a command changes nothing, whatever the state. */
    public static boolean allows(Command command) {
        return switch (command) {
            case Command.GetSession _,
                    Command.ListSessions _,
                    Command.GetResource _,
                    Command.ListGrants _,
                    Command.GetLimit _,
                    Command.ListLimits _,
                    Command.GetAffinity _,
                    Command.ListAffinities _,
                    Command.FindSessions _,
                    Command.ReadAudit _,
                    Command.ReadBacklog _ -> true;
            default -> false;
        };
    }

    /**
     * The answer that the log would give if the state were the newest.
     *
     * @param captured see {@link State#capture()}
     * @throws IllegalArgumentException if the command may change something
     */
    public static Answer answer(State captured, Command read) {
        if (!allows(read)) {
            throw new IllegalArgumentException(read.getClass().getSimpleName() + " may change something");
        }
        return new Decisions(captured).decide(read).answer();
    }
}
