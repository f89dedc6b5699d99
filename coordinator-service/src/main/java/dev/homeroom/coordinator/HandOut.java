package dev.homeroom.coordinator;

import java.util.ArrayList;
import java.util.List;

/**
 * Lets whoever receives several answers of one batch notice when it has got the last of them: one message can then carry
 * them all. Thread-safe.
 */
public final class HandOut {
    private static final ScopedValue<List<Runnable>> AFTER = ScopedValue.newInstance();

    private HandOut() {}

    /**
     * Hands out answers; what they put off by {@link #after} runs when it is done. Nested, it belongs to the outer one.
     *
     * @param answers must not throw
     */
    public static void whole(Runnable answers) {
        if (AFTER.isBound()) {
            answers.run();
            return;
        }
        List<Runnable> after = new ArrayList<>();
        ScopedValue.where(AFTER, after).run(answers);
        after.forEach(Runnable::run);
    }

    /** Runs it when the answers of the present batch are handed out; at once when this thread hands out none. */
    public static void after(Runnable action) {
        if (AFTER.isBound()) {
            AFTER.get().add(action);
        } else {
            action.run();
        }
    }
}
