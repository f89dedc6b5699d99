package dev.homeroom.queue.http;

import dev.homeroom.queue.core.insight.Finding;
import dev.homeroom.queue.core.insight.HeldRow;
import dev.homeroom.queue.core.insight.Line;
import dev.homeroom.queue.core.insight.Sessions;
import dev.homeroom.queue.core.insight.Why;
import dev.homeroom.queue.core.insight.Words;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Why a task is not running, in an answer; {@code position} is 1 for the next one and absent when it is not ready. */
public record WhyView(
        UUID task,
        String status,
        Instant at,
        String summary,
        List<Map<String, Object>> causes,
        @Nullable Position position,
        List<String> next) {
    /** A place in the order; {@code more}: there may be more ahead than {@code ahead} tells. */
    public record Position(int position, boolean more, Line line) {
        static @Nullable Position of(@Nullable Line line) {
            return line == null ? null : new Position(line.ahead() + 1, line.more(), line);
        }
    }

    /** A task that holds a permit. */
    public record PermitTask(
            UUID id, String session, @Nullable Instant since, Instant deadline) {
        static PermitTask of(HeldRow row) {
            return new PermitTask(row.task(), row.session(), row.since(), row.deadline());
        }
    }

    static WhyView of(Why why) {
        return new WhyView(
                why.task(),
                why.status(),
                why.at(),
                why.summary(),
                why.causes().stream().map(WhyView::cause).toList(),
                Position.of(why.line().orElse(null)),
                why.next());
    }

    private static Map<String, Object> cause(Finding finding) {
        var view = new LinkedHashMap<String, Object>();
        view.put("cause", finding.kind().word());
        view.put("detail", Words.detail(finding));
        put(view, "since", finding.since());
        put(view, "until", finding.until());
        switch (finding) {
            case Finding.NotDue one -> {
                put(view, "because", one.because().word());
                put(view, "secondsLeft", one.left().toSeconds());
            }
            case Finding.HandedOver one -> handedOver(view, one);
            case Finding.LimitExhausted one -> limit(view, one);
            case Finding.NoCapableSession one -> {
                put(view, "capabilities", one.needed());
                put(view, "missing", one.missing());
                sessions(view, one.sessions());
            }
            case Finding.SessionsBusy one -> sessions(view, one.sessions());
            case Finding.BehindOthers one -> put(view, "line", one.line());
            case Finding.NobodyAsks one -> put(view, "othersWaitingHere", one.others());
            case Finding.Ready one -> put(view, "askingHere", one.asking());
            case Finding.Claimed one -> {
                put(view, "holder", Coloured.view(one.holder()));
                put(view, "attempt", one.attempt());
                put(view, "heldSeconds", one.held() == null ? null : one.held().toSeconds());
            }
            case Finding.HolderStale one -> put(view, "holder", Coloured.view(one.holder()));
            case Finding.RetriesExhausted one -> {
                put(view, "attempts", one.attempts());
                put(view, "errors", one.errors());
            }
            case Finding.NotRetryable one -> {
                put(view, "attempts", one.attempt());
                put(view, "errors", one.errors());
            }
            case Finding.Cancelled one -> {
                put(view, "by", one.by());
                put(view, "session", one.session());
                put(view, "reason", one.reason());
            }
            case Finding.Skipped one -> {
                put(view, "session", one.session());
                put(view, "reason", one.reason());
            }
            case Finding.Completed one -> put(view, "session", one.session());
            case Finding.DeadlinePassed _, Finding.NoSession _, Finding.CoordinatorUnreachable _ -> {
                // The words say it all.
            }
        }
        return view;
    }

    private static void handedOver(Map<String, Object> view, Finding.HandedOver one) {
        put(view, "rowToken", one.rowToken());
        put(view, "repairedWithinSeconds", one.within().toSeconds());
        var grant = one.grant();
        if (grant != null) {
            put(view, "grantToken", grant.token());
            put(view, "holder", Coloured.view(grant.holder()));
        }
    }

    private static void limit(Map<String, Object> view, Finding.LimitExhausted one) {
        put(view, "limit", one.use().key());
        put(view, "permits", one.use().permits());
        put(view, "used", one.use().used());
        put(view, "waiting", one.use().waiting());
        put(view, "holders", one.use().holders().stream().map(Coloured::view).toList());
        put(view, "tasks", one.tasks().stream().map(PermitTask::of).toList());
    }

    private static void sessions(Map<String, Object> view, Sessions sessions) {
        put(view, "sessions", sessions);
    }

    private static void put(Map<String, Object> view, String key, @Nullable Object value) {
        if (value != null) {
            view.put(key, value);
        }
    }
}
