package dev.homeroom.queue;

import dev.homeroom.queue.assign.AssignDesk;
import dev.homeroom.queue.core.ClaimTimeouts;
import dev.homeroom.queue.core.GrantAuthority;
import dev.homeroom.queue.core.LessonWeights;
import dev.homeroom.queue.core.RetryPolicies;
import dev.homeroom.queue.core.RetryPolicy;
import dev.homeroom.queue.core.TaskStore;
import dev.homeroom.queue.core.TaskUpkeep;
import dev.homeroom.queue.core.insight.Fleet;
import dev.homeroom.queue.core.insight.InsightStore;
import dev.homeroom.queue.core.insight.MinuteBook;
import dev.homeroom.queue.core.insight.Watch;
import dev.homeroom.queue.core.lesson.LessonRegister;
import dev.homeroom.queue.core.lesson.LessonStore;
import dev.homeroom.queue.core.lesson.UnknownLessons;
import dev.homeroom.queue.core.order.Ageing;
import dev.homeroom.queue.insight.Inquiry;
import dev.homeroom.queue.insight.MeteredWatch;
import dev.homeroom.queue.insight.NextList;
import dev.homeroom.queue.insight.StatsDesk;
import dev.homeroom.queue.lesson.LessonDesk;
import dev.homeroom.queue.lesson.WeightTable;
import dev.homeroom.queue.repair.GrantEnds;
import dev.homeroom.queue.upkeep.Deadlines;
import dev.homeroom.queue.upkeep.RetryDesk;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.UUID;

/** Makes the queue's parts for the container. */
@ApplicationScoped
public class QueueBeans {
    @Produces
    @Singleton
    RetryPolicies retries(QueueSettings settings) {
        var otherwise = policy("retry-backoff", settings.retryBackoff(), settings.retryBackoffMax());
        var byType = new HashMap<String, RetryPolicy>();
        settings.types().forEach((type, own) -> {
            if (own.retryBackoff().isPresent() || own.retryBackoffMax().isPresent()) {
                var base = own.retryBackoff().orElse(otherwise.base());
                var longest = own.retryBackoffMax().orElse(otherwise.max());
                byType.put(type, policy("types.\"" + type + "\".retry-backoff", base, longest));
            }
        });
        return new RetryPolicies(otherwise, byType);
    }

    @Produces
    @Singleton
    ClaimTimeouts claimTimeouts(QueueSettings settings) {
        var byType = new HashMap<String, Duration>();
        settings.types().forEach((type, own) -> own.claimTimeout().ifPresent(ttl -> byType.put(type, ttl)));
        return new ClaimTimeouts(settings.claimTimeout(), byType);
    }

    private static RetryPolicy policy(String setting, Duration base, Duration longest) {
        try {
            return new RetryPolicy(base, longest);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("homeroom.queue." + setting + ": " + e.getMessage(), e);
        }
    }

    @Produces
    @Singleton
    UnknownLessons unknownLessons(QueueSettings settings) {
        return settings.unknownLessons();
    }

    @Produces
    @Singleton
    WeightTable weights(LessonRegister register) {
        return new WeightTable(register);
    }

    @Produces
    @Singleton
    LessonDesk lessons(LessonStore store, LessonRegister register, WeightTable weights) {
        return new LessonDesk(store, register, weights);
    }

    @Produces
    @Singleton
    Parts parts(TaskStore store, GrantAuthority authority, QueueSettings settings, LessonWeights weights) {
        return Parts.of(store, authority, Ageing.of(settings.ageingStep()), weights);
    }

    @Produces
    @Singleton
    RetryDesk retryDesk(TaskStore store, TaskUpkeep upkeep, Parts parts) {
        return new RetryDesk(store, upkeep, parts.bell());
    }

    @Produces
    @Singleton
    Deadlines deadlines(TaskUpkeep upkeep) {
        return new Deadlines(upkeep);
    }

    @Produces
    @Singleton
    TaskQueue queue(Parts parts) {
        return parts.queue();
    }

    @Produces
    @Singleton
    AssignDesk assigning(Parts parts) {
        return parts.assigning();
    }

    @Produces
    @Singleton
    @Typed(MinuteBook.class)
    MinuteBook minutes() {
        return new MinuteBook(UUID.randomUUID(), Instant::now);
    }

    @Produces
    @Singleton
    Watch watch(MinuteBook minutes, MeterRegistry registry) {
        return Watch.both(minutes, new MeteredWatch(registry));
    }

    @Produces
    @Singleton
    Inquiry inquiry(TaskStore store, InsightStore rows, GrantAuthority authority, Fleet fleet, Parts parts) {
        return new Inquiry(store, rows, parts.finder()::ranked, authority, fleet, parts.waiting()::asking);
    }

    @Produces
    @Singleton
    NextList nextList(InsightStore rows, Fleet fleet, Parts parts) {
        return new NextList(parts.finder()::ranked, rows, fleet, parts.finder()::exhausted);
    }

    @Produces
    @Singleton
    StatsDesk statsDesk(InsightStore rows, MinuteBook minutes) {
        return new StatsDesk(rows, minutes, Instant::now, System::nanoTime);
    }

    @Produces
    @Singleton
    GrantEnds grantEnds(TaskStore store, Parts parts) {
        return new GrantEnds(store, parts.sweep(), parts.bell());
    }
}
