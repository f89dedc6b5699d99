package dev.homeroom.queue.core;

/**
 * A grant with its owner.
 *
 * @param owner who got it
 * @param seq of the request that got it, 0 for none
 * @param grant the grant
 */
public record GrantedClaim(Owner owner, long seq, TaskGrant grant) {
    /** The claim as its holder names it. */
    public Hold hold() {
        return new Hold(grant.task(), owner.session(), grant.token());
    }
}
