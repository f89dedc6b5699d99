package dev.homeroom.e2e.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.e2e.cluster.Door;
import dev.homeroom.e2e.queue.Histories.History;
import dev.homeroom.e2e.queue.Histories.Step;
import dev.homeroom.e2e.queue.TaskLedger.Done;
import dev.homeroom.e2e.queue.TaskLedger.Finish;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Holds what the clients of a run were told against what the database, the coordinator and Kafka have. */
final class Proof {
    private final QueueSystem system;
    private final TaskLoad load;
    private final TaskLedger ledger;
    private final Map<String, History> histories;

    private Proof(QueueSystem system, TaskLoad load, Map<String, History> histories) {
        this.system = system;
        this.load = load;
        this.ledger = load.ledger();
        this.histories = histories;
    }

    /** Ends the run and throws what is wrong. */
    static void of(QueueSystem system, TaskLoad load) {
        Histories database = new Histories(system.postgres().jdbcUrl());
        load.tidy(database);
        load.close();
        assertThat(load.ledger().violations()).isEmpty();
        system.await("everything to be published", () -> database.unpublished() == 0);
        Proof proof = new Proof(system, load, database.of(load.name()));
        proof.nothingIsStuck();
        proof.everyTaskCameInOnce();
        proof.everyHistoryIsLegal();
        proof.everyAnswerWasTrue();
        proof.everyStepWasPublished();
        proof.nothingWasLeftOut();
        System.out.printf("queue faults: %s: %s%n", load.name(), load.ledger().figures());
    }

    /** Neither tasks nor their permits are held by anybody when every task is over. */
    private void nothingIsStuck() {
        Door coordinator = system.coordinatorDoors().getFirst();
        system.await("no claim of a task to be left", () -> isEmpty(coordinator.get("/api/claims?prefix=task/")));
        system.await(
                "no permit to be left", () -> isEmpty(coordinator.get("/api/limits/" + Enqueuer.LIMIT + "/grants")));
    }

    private static boolean isEmpty(Door.Reply reply) {
        JsonNode items = reply.body().isArray() ? reply.body() : reply.body().path("items");
        return reply.ok() && items.isArray() && items.isEmpty();
    }

    private void everyTaskCameInOnce() {
        List<String> keys = histories.values().stream().map(History::key).toList();
        assertThat(keys).as("a key stands for one task").doesNotHaveDuplicates();
        assertThat(ledger.tried()).as("nobody asked for other tasks").containsAll(keys);
        ledger.enqueued()
                .forEach((key, task) -> assertThat(histories)
                        .as("the task of key %s", key)
                        .hasEntrySatisfying(
                                task, history -> assertThat(history.key()).isEqualTo(key)));
    }

    private void everyHistoryIsLegal() {
        assertThat(histories.values().stream().flatMap(history -> Legal.objections(history).stream()))
                .isEmpty();
    }

    private void everyAnswerWasTrue() {
        List<String> lies = new ArrayList<>();
        ledger.finishes().values().forEach(done -> {
            if (steps(done.finish()).noneMatch(step -> step.version() == done.version())) {
                lies.add("acknowledged but not done: " + done);
            }
            lies.addAll(wrongEnd(done));
        });
        ledger.refusals().stream()
                .filter(finish -> steps(finish).findAny().isPresent())
                .forEach(finish -> lies.add("refused but done: " + finish));
        ledger.claims().forEach((right, session) -> {
            if (history(right.task()).steps().stream()
                    .noneMatch(step -> step.to().equals("claimed")
                            && step.token() == right.token()
                            && step.session().equals(session))) {
                lies.add(session + " was told that it holds " + right);
            }
        });
        ledger.cancellations().stream()
                .filter(task -> !history(task).last().cause().equals("cancelled"))
                .forEach(task -> lies.add("cancelled but not so: " + history(task)));
        assertThat(lies).isEmpty();
    }

    private List<String> wrongEnd(Done done) {
        History history = history(done.finish().right().task());
        return done.finish().ending().isLast() && history.last().version() != done.version()
                ? List.of("something came after " + done + ": " + history)
                : List.of();
    }

    /** The steps that say what this finish would leave behind: it has words that no other has. */
    private Stream<Step> steps(Finish finish) {
        boolean silent = finish.ending() == Ending.SNOOZE || finish.ending() == Ending.RELEASE;
        return history(finish.right().task()).steps().stream()
                .filter(step -> step.from().equals("claimed")
                        && step.token() == finish.right().token())
                .filter(step -> step.session().equals(finish.session())
                        && finish.ending().leaves(step.cause()))
                .filter(step -> silent || step.words().contains(finish.words()));
    }

    private History history(String task) {
        return histories.getOrDefault(task, new History(task, "", 0, List.of()));
    }

    private void everyStepWasPublished() {
        Published published = Published.read(system.broker().address());
        List<String> wrong = new ArrayList<>();
        histories.forEach((task, history) -> {
            List<String> stored = history.steps().stream()
                    .map(step -> step.version() + " " + step.to() + " " + step.cause())
                    .toList();
            List<String> told = published.of(task).stream()
                    .map(step -> step.path("version").asInt() + " "
                            + step.path("to").asText() + " "
                            + step.path("cause").asText())
                    .toList();
            if (!told.equals(stored)) {
                wrong.add("%s is published as %s, stored as %s".formatted(task, told, stored));
            }
        });
        assertThat(wrong).isEmpty();
        System.out.printf("queue faults: %s: %d events came again%n", load.name(), published.duplicates());
    }

    /** A run in which nothing happened proves nothing. */
    private void nothingWasLeftOut() {
        assertThat(ledger.finishes()).isNotEmpty();
        assertThat(ledger.enqueued()).isNotEmpty();
    }
}
