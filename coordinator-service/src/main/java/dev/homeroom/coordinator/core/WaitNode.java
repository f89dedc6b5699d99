package dev.homeroom.coordinator.core;

/**
 * Who waits or holds, as the search for circles sees it: a session, or, where the client chose labels to tell its
 * threads apart, one label of it.
 *
 * <p>A label that is the name of its only lock cannot be told from no label, and counts as none. So a circle through a
 * session that labels its threads is missed when a label is also the name of a lock it holds or wants; then the waits end
 * when their time is over. Labels should not be names of locks.
 *
 * @param label empty: the session's ordinary locks, all together
 */
record WaitNode(String session, String label) implements Comparable<WaitNode> {
    static WaitNode of(GrantKey key) {
        return new WaitNode(key.session(), key.holder().equals(key.name()) ? "" : key.holder());
    }

    /** A chosen label that is the name of the only resource is the default. */
    static WaitNode of(Waiter waiter) {
        boolean usual = !waiter.all()
                && waiter.holder().equals(waiter.resources().getFirst().name());
        return new WaitNode(waiter.session(), usual ? "" : waiter.holder());
    }

    @Override
    public int compareTo(WaitNode other) {
        int bySession = session.compareTo(other.session);
        return bySession != 0 ? bySession : label.compareTo(other.label);
    }

    @Override
    public String toString() {
        return "session " + session + (label.isEmpty() ? "" : " as " + label);
    }
}
