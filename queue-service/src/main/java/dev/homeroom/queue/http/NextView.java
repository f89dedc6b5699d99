package dev.homeroom.queue.http;

import dev.homeroom.queue.core.insight.Ages;
import dev.homeroom.queue.core.insight.Next;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is next, in an answer; see {@link Next} for the fields. {@code coordinator} is ok or unreachable. */
public record NextView(
        Instant at,
        String coordinator,
        List<Item> items,
        List<Item> blocked,
        List<HeldItem> held,
        Next.@Nullable ForSession session) {
    /** A task that is ready. */
    public record Item(
            int position,
            UUID id,
            String type,
            @Nullable String lesson,
            int level,
            Instant due,
            long ageSeconds,
            String age,
            List<String> limits,
            List<String> blockedBy,
            List<String> capabilities) {
        static Item of(Next.Ranked ranked) {
            var task = ranked.task();
            return new Item(
                    ranked.position(),
                    task.task(),
                    task.type(),
                    task.lesson(),
                    task.priority(),
                    task.due(),
                    ranked.age().toSeconds(),
                    Ages.span(ranked.age()),
                    task.limits(),
                    ranked.blockedBy(),
                    task.capabilities());
        }
    }

    /** A task that somebody holds; {@code holder} as in every conflict, and the colour of its heartbeat. */
    public record HeldItem(
            UUID id,
            String type,
            @Nullable String lesson,
            int priority,
            int attempt,
            long token,
            Map<String, Object> holder,
            @Nullable Long heldSeconds,
            @Nullable String held,
            Instant deadline) {
        static HeldItem of(Next.Holding holding) {
            var row = holding.row();
            Duration held = holding.held();
            return new HeldItem(
                    row.task(),
                    row.type(),
                    row.lesson(),
                    row.priority(),
                    row.attempt(),
                    row.token(),
                    Coloured.view(holding.holder()),
                    held == null ? null : held.toSeconds(),
                    held == null ? null : Ages.span(held),
                    row.deadline());
        }
    }

    static NextView of(Next next) {
        return new NextView(
                next.at(),
                next.coordinator() ? "ok" : "unreachable",
                next.items().stream().map(Item::of).toList(),
                next.blocked().stream().map(Item::of).toList(),
                next.held().stream().map(HeldItem::of).toList(),
                next.session());
    }
}
