package dev.homeroom.coordinator.desk;

import dev.homeroom.coordinator.core.Change;
import dev.homeroom.coordinator.core.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Which changes a watcher wants.
 *
 * @param kind null: every kind
 * @param sessions whether changes of sessions are wanted
 * @param grants whether changes of grants are wanted
 * @param prefix of the resource's name; with one, changes of sessions are left out
 * @param session only of this session; empty: all
 */
public record Interest(@Nullable Kind kind, boolean sessions, boolean grants, String prefix, String session) {
    /** In the words of the interfaces: kind lock, claim, limit, session or empty for all. */
    public static Interest of(String kind, String prefix, String session) {
        boolean onlySessions = kind.equals("session");
        Kind only = kind.isEmpty() || onlySessions ? null : Named.kind(kind);
        return new Interest(only, only == null && prefix.isEmpty(), !onlySessions, prefix, session);
    }

    boolean wants(Change change) {
        return switch (change) {
            case Change.OfSession of -> sessions && (session.isEmpty() || session.equals(of.session()));
            case Change.OfGrant of ->
                grants
                        && (kind == null || kind == of.kind())
                        && of.name().startsWith(prefix)
                        && (session.isEmpty() || session.equals(of.session()));
        };
    }
}
