package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Change;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.EndReason;
import dev.homeroom.coordinator.core.GrantView;
import dev.homeroom.coordinator.core.Rejection;
import dev.homeroom.coordinator.core.WaitEnd;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * However often and wherever a numbered request is sent, it gets one answer, but for what remains of a grant, or is refused
 * without being executed (R-L1).
 */
final class ASeqHasOneAnswer extends Invariant {
    private final Map<String, Object> answers = new HashMap<>();
    private final Map<Long, String> tickets = new HashMap<>();
    private final Set<String> givenUp = new HashSet<>();

    /** Nobody showed to have got the answer: asked again, the request is executed again. */
    @Override
    void change(Step step, Change change, Chart chart) {
        if (change instanceof Change.OfGrant grant && grant.reason() == EndReason.UNCONFIRMED) {
            answers.forEach((request, answer) -> {
                if (answer instanceof List<?> tokens && tokens.contains(grant.token())) {
                    givenUp.add(request);
                }
            });
        }
    }

    @Override
    void step(Step step, Chart chart) {
        for (int i = 0; i < step.batch().commands().size(); i++) {
            check(step.batch().commands().get(i), step.applied().answers().get(i));
        }
        for (WaitEnd end : step.applied().waitEnds()) {
            String request = tickets.get(end.ticket());
            if (request != null && cancelled(step, end.ticket())) {
                givenUp.add(request);
            } else if (request != null) {
                check(request, end.answer());
            }
        }
    }

    /** Nobody hears that answer; asked again, the request is executed. */
    private static boolean cancelled(Step step, long ticket) {
        return step.batch().commands().stream()
                .anyMatch(command -> command instanceof Command.CancelWait cancel && cancel.ticket() == ticket);
    }

    @Override
    void answered(Client client, Command command, Answer answer, long sentAt, Chart chart) {
        check(command, answer);
    }

    private void check(Command command, Answer answer) {
        if (!(command instanceof Command.OfSession own) || own.request().seq() == 0) {
            return;
        }
        String request =
                own.session() + "/" + own.incarnation() + "/" + own.request().seq();
        if (answer instanceof Answer.Waiting waiting) {
            tickets.put(waiting.ticket(), request);
        } else {
            check(request, answer);
        }
    }

    private void check(String request, Answer answer) {
        if (refusesUnseen(answer) || givenUp.contains(request)) {
            return;
        }
        Object first = answers.putIfAbsent(request, essence(answer));
        must(first == null || first.equals(essence(answer)), request + " was answered " + first + ", then " + answer);
    }

    /** Of the session or the number itself; a claim that got nothing may ask again. */
    private static boolean refusesUnseen(Answer answer) {
        return switch (answer) {
            case Answer.Rejected(Rejection rejection) ->
                switch (rejection.reason()) {
                    case REQUEST_TOO_OLD, SESSION_ENDED, STALE_INCARNATION, UNKNOWN_SESSION -> true;
                    default -> false;
                };
            case Answer.TasksClaimed claimed -> claimed.grants().isEmpty();
            default -> false;
        };
    }

    private static Object essence(Answer answer) {
        return switch (answer) {
            case Answer.Granted granted -> List.of(granted.grant().token());
            case Answer.GrantedAll granted ->
                granted.grants().stream().map(GrantView::token).toList();
            case Answer.TasksClaimed claimed ->
                claimed.grants().stream().map(GrantView::token).toList();
            default -> answer;
        };
    }
}
