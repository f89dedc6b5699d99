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

    /** A grant to look at. */
    record OfGrant(long at, long token) implements Comparable<OfGrant> {
        @Override
        public int compareTo(OfGrant other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(token, other.token);
        }
    }

    /** A grant among those of its session, by token. */
    record Held(String session, long token) implements Comparable<Held> {
        @Override
        public int compareTo(Held other) {
            int bySession = session.compareTo(other.session);
            return bySession != 0 ? bySession : Long.compare(token, other.token);
        }
    }

    private Due() {}
}
