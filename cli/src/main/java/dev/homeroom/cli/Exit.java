package dev.homeroom.cli;

import dev.homeroom.local.stack.StackException;

/** The exit codes, after sysexits.h; {@code homeroom --help} lists them. */
final class Exit {
    static final int OK = 0;
    /** Wrong arguments. */
    static final int USAGE = 64;
    /** Something that must be there already is not. */
    static final int NO_INPUT = 66;
    /** A port is taken, the services are not built, or what was asked for does not run. */
    static final int UNAVAILABLE = 69;
    /** A part failed. */
    static final int SOFTWARE = 70;
    /** The data folder cannot be made or written, or the disk is full. */
    static final int CANNOT_CREATE = 73;
    /** Another launcher runs on the same data folder. */
    static final int TRY_LATER = 75;

    private Exit() {}

    static int of(StackException.Reason reason) {
        return switch (reason) {
            case IN_USE -> TRY_LATER;
            case PORT_BUSY, NOT_BUILT -> UNAVAILABLE;
            case NO_DATA_DIRECTORY -> CANNOT_CREATE;
            case PART_FAILED -> SOFTWARE;
        };
    }
}
