package dev.homeroom.cli;

import dev.homeroom.local.stack.StackException;
import dev.homeroom.metrics.scorecard.UnreadableHomeworkException;
import picocli.CommandLine;

/** Turns what went wrong into one sentence on stderr and an exit code. */
final class Failure {
    private Failure() {}

    static int report(Exception failure, CommandLine command) {
        command.getErr().println("homeroom: " + sentence(failure));
        return switch (failure) {
            case StackException e -> Exit.of(e.reason());
            case IllegalArgumentException e -> Exit.USAGE;
            case MissingKeysException e -> Exit.NO_INPUT;
            case UnreadableHomeworkException e -> Exit.NO_INPUT;
            default -> Exit.SOFTWARE;
        };
    }

    private static String sentence(Exception failure) {
        boolean ours = failure instanceof StackException
                || failure instanceof IllegalArgumentException
                || failure instanceof MissingKeysException
                || failure instanceof UnreadableHomeworkException;
        return ours && failure.getMessage() != null ? failure.getMessage() : failure.toString();
    }
}
