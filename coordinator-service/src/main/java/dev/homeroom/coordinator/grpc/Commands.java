package dev.homeroom.coordinator.grpc;

import dev.homeroom.coordinator.core.Codebase;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Profile;
import dev.homeroom.coordinator.core.Request;
import dev.homeroom.coordinator.core.ResourceKey;
import dev.homeroom.coordinator.core.Strategy;
import dev.homeroom.coordinator.desk.Caller;
import dev.homeroom.coordinator.desk.Named;
import dev.homeroom.coordinator.desk.Patience;
import dev.homeroom.coordinator.desk.Wish;
import dev.homeroom.coordinator.v1.AcquireAllRequest;
import dev.homeroom.coordinator.v1.AcquireRequest;
import dev.homeroom.coordinator.v1.Heartbeat;
import dev.homeroom.coordinator.v1.RegisterSessionRequest;
import dev.homeroom.coordinator.v1.ReleaseRequest;
import dev.homeroom.coordinator.v1.RenewRequest;
import dev.homeroom.coordinator.v1.RequestId;
import dev.homeroom.coordinator.v1.Terms;
import dev.homeroom.coordinator.v1.UseRateRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests of sessions as commands. What is wrong with values the core says; an unknown word is refused here. */
final class Commands {
    private static final int DEFAULT_PAGE = 100;

    private Commands() {}

    static Command.Register register(RegisterSessionRequest request, long defaultHeartbeatMillis) {
        var codebase = request.getCodebase();
        Profile profile = new Profile(
                request.getName(),
                request.getHost(),
                request.getTty(),
                request.getPid(),
                new Codebase(codebase.getRepo(), codebase.getBranch(), codebase.getDirectory()),
                request.getLesson(),
                List.copyOf(request.getCapabilitiesList()),
                request.getMaxConcurrentTasks() == 0 ? 1 : request.getMaxConcurrentTasks());
        long heartbeatMillis = request.hasHeartbeatInterval()
                ? Times.millis(true, request.getHeartbeatInterval())
                : request.hasLeaseTimeout() ? 0 : defaultHeartbeatMillis;
        return new Command.Register(
                request.getId(),
                request.getInstance(),
                profile,
                Times.millis(request.hasLeaseTimeout(), request.getLeaseTimeout()),
                heartbeatMillis);
    }

    static Command.Heartbeat heartbeat(Heartbeat heartbeat, long nowMillis) {
        long age = heartbeat.hasActivity() ? Math.max(0, nowMillis - Times.millis(heartbeat.getActivity())) : -1;
        return new Command.Heartbeat(
                heartbeat.getSession(),
                heartbeat.getIncarnation(),
                heartbeat.getUnanswered(),
                age,
                heartbeat.getSeenCount() == 0 ? List.of() : List.copyOf(heartbeat.getSeenList()),
                heartbeat.getUsageMap());
    }

    static Command.Acquire acquire(AcquireRequest request, Caller caller) {
        return new Command.Acquire(
                request.getSession(),
                request.getIncarnation(),
                request(request.getRequest()),
                Named.kind(request.getKind()),
                request.getName(),
                request.getHolder(),
                Times.millis(request.hasTtl(), request.getTtl()),
                wish(request.hasTerms(), request.getTerms()).terms(caller));
    }

    static Command.AcquireAll acquireAll(AcquireAllRequest request, Caller caller) {
        return new Command.AcquireAll(
                request.getSession(),
                request.getIncarnation(),
                request(request.getRequest()),
                request.getResourcesList().stream()
                        .map(one -> new ResourceKey(Named.kind(one.getKind()), one.getName()))
                        .toList(),
                request.getHolder(),
                Times.millis(request.hasTtl(), request.getTtl()),
                wish(request.hasTerms(), request.getTerms()).terms(caller));
    }

    private static Wish wish(boolean present, Terms terms) {
        if (!present) {
            return Wish.FAIL_FAST;
        }
        return new Wish(
                strategy(terms),
                terms.hasWait() ? (Long) Times.exactMillis(terms.getWait()) : null,
                patience(terms),
                terms.hasLockDelay() ? Times.exactMillis(terms.getLockDelay()) : 0,
                terms.getMetadataMap(),
                terms.getReason());
    }

    /** Null when the terms say nothing about tries. */
    static @Nullable Patience patience(Terms terms) {
        if (!terms.hasRetry()) {
            return null;
        }
        var retry = terms.getRetry();
        return Patience.of(
                retry.hasMaxRetries() ? (Integer) retry.getMaxRetries() : null,
                retry.hasInitialBackoff() ? (Long) Times.exactMillis(retry.getInitialBackoff()) : null,
                retry.hasMaxBackoff() ? (Long) Times.exactMillis(retry.getMaxBackoff()) : null);
    }

    private static @Nullable Strategy strategy(Terms terms) {
        return switch (terms.getStrategy()) {
            case STRATEGY_UNSPECIFIED -> null;
            case FAIL_FAST -> Strategy.FAIL_FAST;
            case RETRY -> Strategy.RETRY;
            case STEAL_STALE -> Strategy.STEAL_STALE;
            case FORCE_ACQUIRE -> Strategy.FORCE_ACQUIRE;
            case UNRECOGNIZED -> throw new IllegalArgumentException("terms.strategy is not known here");
        };
    }

    static Command.Renew renew(RenewRequest request) {
        return new Command.Renew(
                request.getSession(),
                request.getIncarnation(),
                request(request.getRequest()),
                Named.kind(request.getKind()),
                request.getName(),
                request.getToken(),
                Times.millis(request.hasTtl(), request.getTtl()));
    }

    static Command.Release release(ReleaseRequest request) {
        return new Command.Release(
                request.getSession(),
                request.getIncarnation(),
                request(request.getRequest()),
                Named.kind(request.getKind()),
                request.getName(),
                request.getToken());
    }

    static Command.Consume consume(UseRateRequest request) {
        return new Command.Consume(
                request.getSession(),
                request.getIncarnation(),
                request(request.getRequest()),
                request.getKey(),
                amount(request));
    }

    static Command.Refund refund(UseRateRequest request) {
        return new Command.Refund(
                request.getSession(),
                request.getIncarnation(),
                request(request.getRequest()),
                request.getKey(),
                amount(request));
    }

    private static double amount(UseRateRequest request) {
        return request.getAmount() == 0 ? 1 : request.getAmount();
    }

    static Request request(RequestId id) {
        return id.getSeq() == 0 && id.getUnanswered() == 0
                ? Request.NONE
                : new Request(id.getSeq(), id.getUnanswered());
    }

    static int limit(int asked) {
        return asked == 0 ? DEFAULT_PAGE : asked;
    }
}
