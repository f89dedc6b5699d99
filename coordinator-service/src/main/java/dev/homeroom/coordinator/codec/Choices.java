package dev.homeroom.coordinator.codec;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Score;
import dev.homeroom.coordinator.store.v1.StoredAssignTask;
import dev.homeroom.coordinator.store.v1.StoredAssigned;
import dev.homeroom.coordinator.store.v1.StoredCandidate;
import dev.homeroom.coordinator.store.v1.StoredFindSessions;
import dev.homeroom.coordinator.store.v1.StoredRankedSession;
import dev.homeroom.coordinator.store.v1.StoredRankedSessions;
import dev.homeroom.coordinator.store.v1.StoredScore;
import dev.homeroom.coordinator.store.v1.StoredScorePart;
import java.util.List;

/** Candidates, and the choice of sessions for them, as they are stored. */
final class Choices {
    private Choices() {}

    static StoredCandidate stored(Command.Candidate candidate) {
        return StoredCandidate.newBuilder()
                .setTask(candidate.task())
                .setPriority(candidate.priority())
                .setLesson(candidate.lesson())
                .addAllLimits(candidate.limits())
                .addAllCapabilities(candidate.capabilities())
                .setHost(candidate.host())
                .setRepo(candidate.repo())
                .build();
    }

    static Command.Candidate core(StoredCandidate stored) {
        return new Command.Candidate(
                stored.getTask(),
                stored.getPriority(),
                stored.getLesson(),
                List.copyOf(stored.getLimitsList()),
                List.copyOf(stored.getCapabilitiesList()),
                stored.getHost(),
                stored.getRepo());
    }

    static StoredAssignTask stored(Command.AssignTask assign) {
        return StoredAssignTask.newBuilder()
                .setSession(assign.session())
                .setTask(stored(assign.task()))
                .setTtl(assign.ttlMillis())
                .build();
    }

    static Command core(StoredAssignTask stored) {
        return new Command.AssignTask(stored.getSession(), core(stored.getTask()), stored.getTtl());
    }

    static StoredFindSessions stored(Command.FindSessions find) {
        return StoredFindSessions.newBuilder()
                .setTask(stored(find.task()))
                .setAtWall(find.atWall())
                .setLimit(find.limit())
                .build();
    }

    static Command core(StoredFindSessions stored) {
        return new Command.FindSessions(core(stored.getTask()), stored.getAtWall(), stored.getLimit());
    }

    static StoredAssigned stored(Answer.Assigned assigned) {
        return StoredAssigned.newBuilder()
                .setGrant(AnswerWriter.grant(assigned.grant()))
                .setScore(stored(assigned.score()))
                .build();
    }

    static Answer core(StoredAssigned stored) {
        return new Answer.Assigned(AnswerReader.grant(stored.getGrant()), core(stored.getScore()));
    }

    static StoredRankedSessions stored(Answer.RankedSessions ranked) {
        return StoredRankedSessions.newBuilder()
                .addAllSessions(ranked.sessions().stream().map(Choices::stored).toList())
                .build();
    }

    private static StoredRankedSession stored(Answer.RankedSession ranked) {
        return StoredRankedSession.newBuilder()
                .setSession(AnswerWriter.session(ranked.session()))
                .setScore(stored(ranked.score()))
                .build();
    }

    static Answer core(StoredRankedSessions stored) {
        return new Answer.RankedSessions(stored.getSessionsList().stream()
                .map(one -> new Answer.RankedSession(AnswerReader.session(one.getSession()), core(one.getScore())))
                .toList());
    }

    private static StoredScore stored(Score score) {
        return StoredScore.newBuilder()
                .setTotal(score.total())
                .addAllParts(score.parts().stream()
                        .map(part -> StoredScorePart.newBuilder()
                                .setName(part.name())
                                .setPoints(part.points())
                                .setWhy(part.why())
                                .build())
                        .toList())
                .build();
    }

    private static Score core(StoredScore stored) {
        return new Score(
                stored.getTotal(),
                stored.getPartsList().stream()
                        .map(part -> new Score.Part(part.getName(), part.getPoints(), part.getWhy()))
                        .toList());
    }
}
