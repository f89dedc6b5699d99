package dev.homeroom.platform.outbox;

/**
 * How far a relay has come. Rows are ordered by the transaction that wrote them, then by their place in it.
 *
 * @param xid the transaction, as PostgreSQL's 64-bit id
 * @param position the row's identity
 */
record Cursor(long xid, long position) {
    /** Before every row. */
    static final Cursor START = new Cursor(0, 0);
}
