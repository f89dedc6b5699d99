package dev.homeroom.queue.core;

/**
 * A grant with its owner.
 *
 * @param owner who got it
 * @param seq of the request that got it, 0 for none, {@link #ASSIGNED} when it was given without being asked for
 * @param grant the grant
 * @param place where the owner works
 */
public record GrantedClaim(Owner owner, long seq, TaskGrant grant, Place place) {
    /** In place of a seq: the session did not ask. It gets the task when it claims it, however often. */
    public static final long ASSIGNED = -1;

    /** Of an owner of whom no place is known. */
    public GrantedClaim(Owner owner, long seq, TaskGrant grant) {
        this(owner, seq, grant, Place.UNKNOWN);
    }

    /** The claim as its holder names it. */
    public Hold hold() {
        return new Hold(grant.task(), owner.session(), grant.token());
    }
}
