package dev.homeroom.coordinator.core;

/** Places in the priority structures: by time, then by what makes them unique. */
final class Due {
    /** A lease to look at, or an ended session to forget. */
    record OfSession(long at, String session) implements Comparable<OfSession> {
        @Override
        public int compareTo(OfSession other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : session.compareTo(other.session);
        }
    }

    /** A grant, or a waiter by its ticket, to look at. */
    record OfGrant(long at, long token) implements Comparable<OfGrant> {
        @Override
        public int compareTo(OfGrant other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(token, other.token);
        }
    }

    /** A grant among those of its session, by token; or a waiter, by ticket. */
    record Held(String session, long token) implements Comparable<Held> {
        @Override
        public int compareTo(Held other) {
            int bySession = session.compareTo(other.session);
            return bySession != 0 ? bySession : Long.compare(token, other.token);
        }
    }

    /** A lock-delay to end. */
    record OfDelay(long at, ResourceKey resource) implements Comparable<OfDelay> {
        @Override
        public int compareTo(OfDelay other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : resource.compareTo(other.resource);
        }
    }

    /** A provisional grant among those of its session, by the seq of its request. */
    record Provided(String session, long seq, long token) implements Comparable<Provided> {
        @Override
        public int compareTo(Provided other) {
            int order = session.compareTo(other.session);
            if (order == 0) {
                order = Long.compare(seq, other.seq);
            }
            return order != 0 ? order : Long.compare(token, other.token);
        }
    }

    /** An affinity among those of its session, by id. */
    record Preferred(String session, String id) implements Comparable<Preferred> {
        @Override
        public int compareTo(Preferred other) {
            int bySession = session.compareTo(other.session);
            return bySession != 0 ? bySession : id.compareTo(other.id);
        }
    }

    private Due() {}
}
