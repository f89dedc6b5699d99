package dev.homeroom.queue.core;

import java.time.Duration;
import java.util.List;

/**
 * What the coordinator is asked to grant to one session.
 *
 * @param owner who gets the claims
 * @param request the name of the request
 * @param count at most so many
 * @param ttl how long each claim lives without renewal
 * @param candidates in the queue's order: priority, then age
 */
public record ClaimRequest(Owner owner, RequestId request, int count, Duration ttl, List<Candidate> candidates) {}
