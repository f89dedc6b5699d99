package dev.homeroom.coordinator.codec;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Bucket;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.store.v1.StoredBucket;
import dev.homeroom.coordinator.store.v1.StoredConsumed;
import dev.homeroom.coordinator.store.v1.StoredDraw;
import dev.homeroom.coordinator.store.v1.StoredLimitPage;
import dev.homeroom.coordinator.store.v1.StoredLimitUse;
import dev.homeroom.coordinator.store.v1.StoredListLimits;
import dev.homeroom.coordinator.store.v1.StoredRate;
import dev.homeroom.coordinator.store.v1.StoredSetRate;

/** Limits and rates as they are stored. */
final class Budgets {
    private Budgets() {}

    static StoredListLimits stored(Command.ListLimits list) {
        return StoredListLimits.newBuilder()
                .setAfter(list.after())
                .setLimit(list.limit())
                .build();
    }

    static Command core(StoredListLimits stored) {
        return new Command.ListLimits(stored.getAfter(), stored.getLimit());
    }

    static StoredSetRate stored(Command.SetRate set) {
        return StoredSetRate.newBuilder()
                .setKey(set.key())
                .setPerSecond(set.perSecond())
                .setBurst(set.burst())
                .build();
    }

    static Command core(StoredSetRate stored) {
        return new Command.SetRate(stored.getKey(), stored.getPerSecond(), stored.getBurst());
    }

    static StoredDraw.Builder draw(String key, double amount) {
        return StoredDraw.newBuilder().setKey(key).setAmount(amount);
    }

    static StoredLimitUse stored(Answer.OneLimit limit) {
        StoredLimitUse.Builder stored = StoredLimitUse.newBuilder()
                .setKey(limit.key())
                .setPermits(limit.permits())
                .setUsed(limit.used())
                .setWaiting(limit.waiting());
        Answer.Rate rate = limit.rate();
        if (rate != null) {
            stored.setRate(StoredRate.newBuilder()
                    .setPerSecond(rate.perSecond())
                    .setBurst(rate.burst())
                    .setAvailable(rate.available()));
        }
        return stored.build();
    }

    static Answer.OneLimit core(StoredLimitUse stored) {
        StoredRate rate = stored.getRate();
        return new Answer.OneLimit(
                stored.getKey(),
                stored.getPermits(),
                stored.getUsed(),
                stored.getWaiting(),
                stored.hasRate() ? new Answer.Rate(rate.getPerSecond(), rate.getBurst(), rate.getAvailable()) : null);
    }

    static StoredLimitPage stored(Answer.LimitPage page) {
        StoredLimitPage.Builder stored = StoredLimitPage.newBuilder()
                .addAllLimits(page.limits().stream().map(Budgets::stored).toList());
        if (page.next() != null) {
            stored.setNext(page.next());
        }
        return stored.build();
    }

    static Answer core(StoredLimitPage stored) {
        return new Answer.LimitPage(
                stored.getLimitsList().stream().map(Budgets::core).toList(),
                stored.hasNext() ? stored.getNext() : null);
    }

    static StoredConsumed stored(Answer.Consumed consumed) {
        return StoredConsumed.newBuilder()
                .setTaken(consumed.taken())
                .setAvailable(consumed.available())
                .setRetryAfter(consumed.retryAfterMillis())
                .build();
    }

    static Answer core(StoredConsumed stored) {
        return new Answer.Consumed(stored.getTaken(), stored.getAvailable(), stored.getRetryAfter());
    }

    static StoredBucket stored(Bucket bucket) {
        return StoredBucket.newBuilder()
                .setKey(bucket.key())
                .setPerSecond(bucket.perSecond())
                .setBurst(bucket.burst())
                .setLevel(bucket.level())
                .setAtNanos(bucket.atNanos())
                .build();
    }

    static Bucket core(StoredBucket stored) {
        return new Bucket(
                stored.getKey(), stored.getPerSecond(), stored.getBurst(), stored.getLevel(), stored.getAtNanos());
    }
}
