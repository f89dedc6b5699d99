package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Change;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.GrantView;
import dev.homeroom.coordinator.core.ResourceKey;
import dev.homeroom.coordinator.core.Strategy;
import dev.homeroom.coordinator.core.WaitEnd;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Whoever waits for a resource gets it before those who asked later; nobody but a thief gets past the queue (R-L2, R-L7). */
final class FirstComeFirstServed extends Invariant {
    private final TreeMap<Long, Set<ResourceKey>> waiting = new TreeMap<>();
    private final Set<Long> begun = new HashSet<>();

    @Override
    void change(Step step, Change change, Chart chart) {
        if (change instanceof Change.OfGrant grant && grant.reason() == null) {
            begun.add(grant.token());
        }
    }

    @Override
    void step(Step step, Chart chart) {
        // In a batch, who ended waiting may have done so before a command or after it: that is in nobody's way.
        Set<Long> ended = new HashSet<>();
        Set<Long> ofWaiters = new HashSet<>();
        for (WaitEnd end : step.applied().waitEnds()) {
            ended.add(end.ticket());
            grants(end.answer()).forEach(grant -> ofWaiters.add(grant.token()));
        }
        for (int i = 0; i < step.batch().commands().size(); i++) {
            Command command = step.batch().commands().get(i);
            Answer answer = step.applied().answers().get(i);
            if (answer instanceof Answer.Waiting wait) {
                waiting.putIfAbsent(wait.ticket(), resources(command));
            } else if (queues(command)) {
                for (GrantView grant : grants(answer)) {
                    if (!ofWaiters.contains(grant.token()) && begun.remove(grant.token())) {
                        nobodyBefore(grant, Long.MAX_VALUE, ended);
                    }
                }
            } else {
                grants(answer).forEach(grant -> begun.remove(grant.token()));
            }
        }
        for (WaitEnd end : step.applied().waitEnds()) {
            for (GrantView grant : grants(end.answer())) {
                // Once: another request of the same owner for the same gets it too.
                if (begun.remove(grant.token())) {
                    nobodyBefore(grant, end.ticket(), Set.of());
                }
            }
            waiting.remove(end.ticket());
        }
        begun.clear();
    }

    private void nobodyBefore(GrantView grant, long ticket, Set<Long> except) {
        ResourceKey resource = new ResourceKey(grant.kind(), grant.name());
        for (Map.Entry<Long, Set<ResourceKey>> other : waiting.headMap(ticket).entrySet()) {
            must(
                    !other.getValue().contains(resource) || except.contains(other.getKey()),
                    grant + " was given to " + ticket + " though " + other.getKey() + " waits");
        }
    }

    private static boolean queues(Command command) {
        return switch (command) {
            case Command.Acquire acquire ->
                acquire.terms().strategy() == Strategy.RETRY || acquire.terms().strategy() == Strategy.FAIL_FAST;
            case Command.AcquireAll unused -> true;
            default -> false;
        };
    }

    private static Set<ResourceKey> resources(Command command) {
        return switch (command) {
            case Command.Acquire acquire -> Set.of(new ResourceKey(acquire.kind(), acquire.name()));
            case Command.AcquireAll acquire -> Set.copyOf(acquire.resources());
            default -> Set.of();
        };
    }

    private static List<GrantView> grants(Answer answer) {
        return switch (answer) {
            case Answer.Granted granted -> List.of(granted.grant());
            case Answer.GrantedAll granted -> granted.grants();
            default -> List.of();
        };
    }
}
