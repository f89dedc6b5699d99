package dev.homeroom.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.coordinator.core.Rejection.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoringTest {
    private final Bench bench = new Bench();

    private SessionView register(String id, String lesson, String host, String repo, int places, String... can) {
        Codebase codebase = new Codebase(repo, "", "");
        Profile profile = new Profile("", host, "", 0, codebase, lesson, List.of(can), places);
        SessionView session = bench.run(new Command.Register(id, id, profile, 0, 0), Answer.OneSession.class)
                .session();
        bench.beat(session);
        return session;
    }

    private static Command.Candidate task(String id, int priority, String lesson, String host, String repo) {
        return new Command.Candidate(id, priority, lesson, List.of(), List.of(), host, repo);
    }

    private List<Answer.RankedSession> find(Command.Candidate task) {
        return find(task, 0, 10);
    }

    private List<Answer.RankedSession> find(Command.Candidate task, long atWall, int limit) {
        return bench.run(new Command.FindSessions(task, atWall, limit), Answer.RankedSessions.class)
                .sessions();
    }

    private static List<String> ids(List<Answer.RankedSession> ranked) {
        return ranked.stream().map(one -> one.session().id()).toList();
    }

    private static List<String> claimed(Answer.TasksClaimed claimed) {
        return claimed.grants().stream()
                .map(grant -> TaskNames.task(grant.name()))
                .toList();
    }

    private void prefer(String session, String lesson, int weight) {
        bench.run(
                new Command.PutAffinity(new Affinity(session + lesson, session, lesson, List.of(), weight)),
                Answer.OneAffinity.class);
    }

    @Test
    void theBestSessionComesFirstWithItsReasons_R_S6_R_S7() {
        register("far", "", "", "", 2);
        register("lesson", "algebra", "", "", 2);
        register("place", "", "dev-1", "git/x", 2);
        register("keen", "", "", "", 2);
        prefer("keen", "algebra", 100);
        List<Answer.RankedSession> ranked = find(task("t", 5, "algebra", "dev-1", "git/x"));
        assertThat(ids(ranked)).containsExactly("keen", "lesson", "place", "far");
        assertThat(ranked).extracting(one -> one.score().total()).containsExactly(140, 80, 70, 40);
        for (Answer.RankedSession one : ranked) {
            assertThat(one.score().parts())
                    .extracting(Score.Part::name)
                    .containsExactly("affinity", "lesson", "codebase", "machine", "load", "health");
            assertThat(one.score().parts().stream().mapToInt(Score.Part::points).sum())
                    .isEqualTo(one.score().total());
        }
    }

    @Test
    void loadAndHealthDecideBetweenEqualsThenTheId_R_S6() {
        SessionView b = register("b", "", "", "", 4);
        register("a", "", "", "", 4);
        SessionView late = register("late", "", "", "", 4);
        bench.run(Bench.claim(b, 1, Bench.task("t1")));
        bench.pass(11_000);
        bench.beat(b);
        bench.beat(bench.session("a"));
        assertThat(ids(find(Bench.task("t")))).containsExactly("a", "b", "late");
        bench.beat(late);
        assertThat(ids(find(Bench.task("t")))).containsExactly("a", "late", "b");
    }

    @Test
    void whoCannotTakeItIsNotListed_R_S6() {
        SessionView full = register("full", "", "", "", 1, "java");
        register("unable", "", "", "", 1);
        SessionView ended = register("ended", "", "", "", 1, "java");
        register("fit", "", "", "", 1, "java", "go");
        bench.register("starting");
        bench.run(Bench.claim(full, 1, Bench.task("t1")), Answer.TasksClaimed.class);
        bench.run(new Command.ReleaseSession(ended.id(), 0));
        Command.Candidate task = new Command.Candidate("t", 5, "", List.of(), List.of("java"), "", "");
        assertThat(ids(find(task))).containsExactly("fit", "starting");
        bench.pass(60_000);
        assertThat(find(task)).isEmpty();
    }

    @Test
    void aStaleSessionIsNotAvailable_R_S3_R_S6() {
        bench.run(new Command.Register("slow", "slow", Profile.NONE, Bounds.LONGEST_LEASE_MILLIS, 0));
        bench.beat(bench.session("slow"));
        assertThat(ids(find(Bench.task("t")))).containsExactly("slow");
        bench.pass(300_000);
        assertThat(bench.session("slow").status()).isEqualTo(Status.STALE);
        assertThat(find(Bench.task("t"))).isEmpty();
    }

    @Test
    void onlySoManyAreAnsweredAndTheyAreTheBest_R_S6() {
        for (int i = 0; i < 50; i++) {
            register("s" + (10 + i), i % 7 == 0 ? "algebra" : "", "", "", 1 + i % 3);
        }
        Command.Candidate task = task("t", 5, "algebra", "", "");
        assertThat(find(task, 0, 5)).isEqualTo(find(task, 0, 50).subList(0, 5));
        assertThat(bench.refused(new Command.FindSessions(task, 0, 0))).isEqualTo(Reason.INVALID);
        assertThat(bench.refused(new Command.FindSessions(task, -1, 1))).isEqualTo(Reason.INVALID);
    }

    @Test
    void atAnotherTimeTheWindowsOfThatTimeCount_R_S6_R_S7() {
        register("a", "", "", "", 1);
        register("b", "", "", "", 1);
        Affinity.Window monday = new Affinity.Window(List.of(1), 540, 720, "Europe/Berlin");
        bench.run(
                new Command.PutAffinity(new Affinity("x", "b", "algebra", List.of(monday), 50)),
                Answer.OneAffinity.class);
        Command.Candidate task = task("t", 5, "algebra", "", "");
        long mondayAtTen = WindowsTest.wall("2026-03-02T10:00", "Europe/Berlin");
        assertThat(ids(find(task, mondayAtTen, 2))).containsExactly("b", "a");
        assertThat(ids(find(task, mondayAtTen + 86_400_000, 2))).containsExactly("a", "b");
        assertThat(ids(find(task))).containsExactly("a", "b");
    }

    @Test
    void aClaimTakesTheBestOfTheSamePriorityOnly_R_S7_R_Q5() {
        SessionView anna = register("anna", "algebra", "dev-1", "git/x", 9);
        prefer("anna", "poems", 90);
        Answer.TasksClaimed claimed = bench.run(
                Bench.claim(
                        anna,
                        9,
                        task("urgent", 7, "", "", ""),
                        task("old", 5, "", "", ""),
                        task("host", 5, "", "dev-1", ""),
                        task("lesson", 5, "algebra", "", ""),
                        task("old2", 5, "", "", ""),
                        task("wanted", 5, "poems", "", ""),
                        task("repo", 5, "", "", "git/x"),
                        task("last", 3, "poems", "", "")),
                Answer.TasksClaimed.class);
        assertThat(claimed(claimed))
                .containsExactly("urgent", "wanted", "lesson", "repo", "host", "old", "old2", "last");
    }

    @Test
    void aClaimSkipsWhatTheSessionCannotDo_R_S6() {
        SessionView anna = register("anna", "", "", "", 9, "java");
        Answer.TasksClaimed claimed = bench.run(
                Bench.claim(
                        anna,
                        1,
                        new Command.Candidate("rust", 5, "", List.of(), List.of("java", "rust"), "", ""),
                        new Command.Candidate("java", 5, "", List.of(), List.of("java"), "", "")),
                Answer.TasksClaimed.class);
        assertThat(claimed(claimed)).containsExactly("java");
    }

    @Test
    void theOrderOfAClaimIsThatOfItsDefinition_R_S7_R_Q5() {
        Random random = new Random(7);
        Profile profile = new Profile("", "h", "", 0, new Codebase("r", "", ""), "l", List.of("c"), 1);
        for (int round = 0; round < 500; round++) {
            List<Affinity> open = random.nextBoolean()
                    ? List.of()
                    : List.of(new Affinity("a", "s", "m", List.of(), 1 + random.nextInt(100)));
            List<Command.Candidate> given = new ArrayList<>();
            int priority = 9;
            for (int i = random.nextInt(12); i >= 0; i--) {
                priority -= random.nextInt(3) == 0 && priority > 0 ? 1 : 0;
                String lesson = List.of("", "l", "m").get(random.nextInt(3));
                String place = random.nextInt(3) == 0 ? "h" : "";
                List<String> can = random.nextInt(5) == 0 ? List.of("d") : List.of();
                given.add(new Command.Candidate("t" + i, priority, lesson, List.of(), can, place, place));
            }
            List<Command.Candidate> order = CandidateOrder.of(profile, open, given);
            assertThat(order)
                    .containsExactlyInAnyOrderElementsOf(given.stream()
                            .filter(task -> Scoring.able(profile, task.capabilities()))
                            .toList());
            for (int i = 1; i < order.size(); i++) {
                Command.Candidate one = order.get(i - 1);
                Command.Candidate next = order.get(i);
                assertThat(one.priority()).isGreaterThanOrEqualTo(next.priority());
                int points = liking(profile, open, one);
                int nextPoints = liking(profile, open, next);
                assertThat(one.priority() > next.priority()
                                || points > nextPoints
                                || (points == nextPoints && given.indexOf(one) < given.indexOf(next)))
                        .as("round %s: %s", round, order)
                        .isTrue();
            }
        }
    }

    private static int liking(Profile profile, List<Affinity> open, Command.Candidate task) {
        return Scoring.liking(profile, task, Scoring.affinity(open, task.lesson()));
    }
}
