package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Change;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.GrantView;
import dev.homeroom.coordinator.core.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A read answers with who held the resource at some moment between question and answer; never with a holder that had
 * already been succeeded, for all to see, when it was asked (R-L10).
 */
final class ReadsAreLinearizable extends Invariant {
    private final Map<String, List<Period>> histories = new HashMap<>();
    private final Map<Long, Integer> acknowledged = new HashMap<>();

    /** Who held it from an index on; token 0: nobody. {@code over}: true time since when that is known to be past. */
    private static final class Period {
        private final long token;
        private long over = Long.MAX_VALUE;

        Period(long token) {
            this.token = token;
        }
    }

    @Override
    void change(Step step, Change change, Chart chart) {
        if (change instanceof Change.OfGrant grant && grant.kind() != Kind.LIMIT) {
            List<Period> history = history(grant.kind(), grant.name());
            if (grant.reason() == null) {
                acknowledged.put(grant.token(), history.size());
            }
            history.add(new Period(grant.reason() == null ? grant.token() : 0));
        }
    }

    private List<Period> history(Kind kind, String name) {
        return histories.computeIfAbsent(kind + " " + name, unused -> new ArrayList<>(List.of(new Period(0))));
    }

    @Override
    void answered(Client client, Command command, Answer answer, long sentAt, Chart chart) {
        switch (answer) {
            case Answer.Granted granted -> known(client, granted.grant());
            case Answer.OneResource resource
            when command instanceof Command.GetResource -> {
                long token = resource.grants().isEmpty()
                        ? 0
                        : resource.grants().getFirst().token();
                must(
                        history(resource.kind(), resource.name()).stream()
                                .anyMatch(period -> period.token == token && period.over >= sentAt),
                        client + " asked at " + sentAt + " and was answered " + resource);
            }
            default -> {}
        }
    }

    /** Somebody knows of this grant now, so everything before it is over. */
    private void known(Client client, GrantView grant) {
        Integer place = acknowledged.get(grant.token());
        if (place != null && grant.kind() != Kind.LIMIT) {
            List<Period> history = history(grant.kind(), grant.name());
            for (int i = place - 1; i >= 0 && history.get(i).over == Long.MAX_VALUE; i--) {
                history.get(i).over = client.schedule().now();
            }
        }
    }
}
