package dev.homeroom.coordinator.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * In which order a session takes the candidates of a claim: the queue's order, but inside a run of candidates of the same
 * priority by score. Never across priorities: those, fairness and age are the queue's.
 */
final class CandidateOrder {
    private CandidateOrder() {}

    /** A candidate and its points. */
    private record Liked(Command.Candidate candidate, int points) {}

    /** The candidates it can do, in that order; {@code open}: the session's open affinities. */
    static List<Command.Candidate> of(Profile profile, List<Affinity> open, List<Command.Candidate> candidates) {
        if (indifferent(profile, open, candidates)) {
            return candidates;
        }
        List<Liked> able = new ArrayList<>(candidates.size());
        boolean allEqual = true;
        for (Command.Candidate candidate : candidates) {
            if (Scoring.able(profile, candidate.capabilities())) {
                int affinity = open.isEmpty() ? 0 : Scoring.affinity(open, candidate.lesson());
                Liked liked = new Liked(candidate, Scoring.liking(profile, candidate, affinity));
                allEqual &= able.isEmpty() || able.getLast().points() == liked.points();
                able.add(liked);
            }
        }
        if (!allEqual) {
            sortRuns(able);
        }
        return able.stream().map(Liked::candidate).toList();
    }

    /** The common case, without any work: it can do all of them and likes none better. */
    private static boolean indifferent(Profile profile, List<Affinity> open, List<Command.Candidate> candidates) {
        if (!open.isEmpty()) {
            return false;
        }
        for (Command.Candidate candidate : candidates) {
            if (!candidate.capabilities().isEmpty() || Scoring.liking(profile, candidate, 0) != 0) {
                return false;
            }
        }
        return true;
    }

    private static void sortRuns(List<Liked> able) {
        int start = 0;
        for (int i = 1; i <= able.size(); i++) {
            if (i == able.size()
                    || able.get(i).candidate().priority()
                            != able.get(start).candidate().priority()) {
                able.subList(start, i)
                        .sort(Comparator.comparingInt(Liked::points).reversed());
                start = i;
            }
        }
    }
}
