package dev.homeroom.coordinator.core;

import dev.homeroom.coordinator.core.Rejection.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads: commands that change nothing. */
final class Reads {
    private final State state;
    private final Views views;

    Reads(State state, Views views) {
        this.state = state;
        this.views = views;
    }

    Decision session(Command.GetSession get) {
        Session session = state.sessions.get(get.id());
        return session == null
                ? Decision.reject(Fitness.unknown(get.id()))
                : Decision.of(new Answer.OneSession(views.session(session, views.grantsOf(session))));
    }

    Decision sessions(Command.ListSessions list) {
        String wrong = Checks.range("limit", list.limit(), 1, Bounds.PAGE);
        if (wrong != null) {
            return Decision.reject(Reason.INVALID, wrong);
        }
        Page<SessionView, String> page = new Page<>(list.limit());
        state.sessions.scan(list.after(), (id, session) -> {
            if (id.equals(list.after())) {
                return true;
            }
            boolean wanted = list.status() == null || views.status(session) == list.status();
            return page.examine(id, wanted ? views.session(session, List.of()) : null);
        });
        return Decision.of(new Answer.SessionPage(page.items(), page.next()));
    }

    Decision resource(Command.GetResource get) {
        String wrong = Checks.name("name", get.name());
        if (wrong != null) {
            return Decision.reject(Reason.INVALID, wrong);
        }
        List<GrantView> grants = new ArrayList<>();
        state.grants.scan(new GrantKey(get.kind(), get.name(), "", ""), (key, grant) -> {
            if (!key.of(get.kind(), get.name())) {
                return false;
            }
            grants.add(views.grant(grant));
            return grants.size() < Bounds.PAGE;
        });
        Limit limit = get.kind() == Kind.LIMIT ? state.limits.get(get.name()) : null;
        int capacity = get.kind() != Kind.LIMIT
                ? 1
                : limit == null ? state.settings().permits() : limit.capacity(state.settings());
        int used = get.kind() != Kind.LIMIT ? grants.size() : limit == null ? 0 : limit.used();
        return Decision.of(new Answer.OneResource(get.kind(), get.name(), capacity, used, grants));
    }

    Decision grants(Command.ListGrants list) {
        String wrong = Checks.range("limit", list.limit(), 1, Bounds.PAGE);
        GrantKey after = list.after().isEmpty() ? null : GrantPlace.decode(list.after());
        if (wrong != null || (after == null && !list.after().isEmpty())) {
            return Decision.reject(Reason.INVALID, wrong != null ? wrong : "after is not a next of this list");
        }
        Page<GrantView, GrantKey> page = new Page<>(list.limit());
        for (Kind kind : Kind.values()) {
            if (list.kind() == null || list.kind() == kind) {
                grants(list, kind, after, page);
            }
        }
        GrantKey next = page.next();
        return Decision.of(new Answer.GrantPage(page.items(), next == null ? null : GrantPlace.encode(next)));
    }

    private void grants(Command.ListGrants list, Kind kind, @Nullable GrantKey after, Page<GrantView, GrantKey> page) {
        GrantKey first = new GrantKey(kind, list.prefix(), "", "");
        GrantKey from = after != null && after.compareTo(first) > 0 ? after : first;
        if (page.full()) {
            return;
        }
        state.grants.scan(from, (key, grant) -> {
            if (key.kind() != kind || !key.name().startsWith(list.prefix())) {
                return false;
            }
            if (key.equals(after)) {
                return true;
            }
            boolean wanted = state.now() - grant.since() >= list.olderThanMillis();
            return page.examine(key, wanted ? views.grant(grant) : null);
        });
    }

    Decision backlog(Command.ReadBacklog read) {
        String wrong = Checks.range("limit", read.limit(), 1, Bounds.PAGE);
        if (wrong != null) {
            return Decision.reject(Reason.INVALID, wrong);
        }
        Gap gap = state.gap();
        boolean ahead = gap != null && gap.to().compareTo(read.after()) > 0;
        return Decision.of(new Answer.Backlog(ahead ? gap : null, state.backlog(read.after(), read.limit())));
    }
}
