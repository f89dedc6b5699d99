package dev.homeroom.metrics.erasure;

import dev.homeroom.metrics.StoreUnavailableException;
import java.time.Instant;

/** Where students are forgotten. Safe for several threads and replicas at once. Calls block. */
public interface Erasures {
    /**
     * Checks that the secret of the hashes is the one by which students were forgotten before.
     *
     * @throws IllegalStateException when it is another: the list would know none of them
     * @throws StoreUnavailableException when the store cannot be reached
     */
    void confirmKey();

    /**
     * Decides that a student is to be forgotten, in all classrooms, and says so to the other services. When this returns, no
     * later transaction of the fold takes an event of theirs; the rows go with {@link #deleteRows}. A repeat does it again.
     *
     * @throws StoreUnavailableException when the store cannot be reached, or is busy for long; nothing was decided then
     */
    void decide(String student, Instant now);

    /**
     * Deletes the rows about students who are to be forgotten, and then their names.
     *
     * @return how many rows
     * @throws StoreUnavailableException when the store cannot be reached; what was deleted until then is
     */
    long deleteRows();
}
