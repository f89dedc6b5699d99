package dev.homeroom.queue.claim;

import dev.homeroom.queue.core.Candidate;
import dev.homeroom.queue.core.ClaimFilter;
import dev.homeroom.queue.core.Owner;
import dev.homeroom.queue.core.RequestId;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session wants work.
 *
 * @param owner which session
 * @param request the name of the request
 * @param filter what it takes
 * @param only this task and no other; null: whatever is next
 * @param count at most so many, 1 to {@value #MOST}
 * @param ttl how long each claim lives without renewal
 * @param introduced whether the coordinator has let this session claim within this request; until then it is asked even
 *     when nothing is due, so that a session that may not claim is told so at once
 * @param slack so many candidates more than it wants are offered
 */
public record Claim(
        Owner owner,
        RequestId request,
        ClaimFilter filter,
        @Nullable Candidate only,
        int count,
        Duration ttl,
        boolean introduced,
        int slack) {
    /** Candidates above what a claim wants: others may hold some, and affinity needs a choice. */
    static final int SLACK = 8;

    /** The same where there is nothing to choose: each candidate that is sent costs the coordinator's log its bytes. */
    private static final int LITTLE_SLACK = 2;

    /** Each look that was in vain sees so many times more, for what stands first may be nothing for this session. */
    private static final int WIDER = 8;

    private static final int MOST_SLACK = 512;

    /** The most tasks of one claim. */
    public static final int MOST = 256;

    /** The same claim of a session that can do that. */
    Claim by(Set<String> able) {
        return new Claim(owner, request, filter.by(able), only, count, ttl, introduced, slack);
    }

    /** A new claim. */
    public Claim(
            Owner owner,
            RequestId request,
            ClaimFilter filter,
            @Nullable Candidate only,
            int count,
            Duration ttl,
            boolean introduced) {
        this(owner, request, filter, only, count, ttl, introduced, SLACK);
    }

    /** The same claim, for another look. */
    public Claim again() {
        return new Claim(owner, request, filter, only, count, ttl, true, slack);
    }

    /** The same claim, for a look at more. */
    Claim wider() {
        return new Claim(owner, request, filter, only, count, ttl, true, Math.min(MOST_SLACK, WIDER * slack));
    }

    /**
     * How many candidates it is offered.
     *
     * @param alike whether no session can like one of them better than another
     */
    int window(boolean alike) {
        return count + (alike && slack == SLACK ? LITTLE_SLACK : slack);
    }
}
