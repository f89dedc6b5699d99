package dev.homeroom.coordinator.grpc;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.desk.Caller;
import dev.homeroom.coordinator.v1.GetLimitRequest;
import dev.homeroom.coordinator.v1.Limit;
import dev.homeroom.coordinator.v1.ListLimitsRequest;
import dev.homeroom.coordinator.v1.ListLimitsResponse;
import dev.homeroom.coordinator.v1.PutLimitRequest;
import dev.homeroom.coordinator.v1.Rate;
import dev.homeroom.coordinator.v1.UseRateRequest;
import dev.homeroom.coordinator.v1.UseRateResponse;
import io.grpc.stub.StreamObserver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Calls about limits and their token buckets. */
@ApplicationScoped
public class LimitCalls {
    private final Calls calls;

    /** Over the front desk. */
    @Inject
    public LimitCalls(Calls calls) {
        this.calls = calls;
    }

    void put(PutLimitRequest request, StreamObserver<Limit> out) {
        Caller caller = Doorkeeper.caller();
        if (!request.hasPermits() && !request.hasRate()) {
            out.onError(Problems.status(new IllegalArgumentException("send permits, rate or both")));
        } else if (!request.hasPermits()) {
            rate(caller, request, out);
        } else if (!request.hasRate()) {
            permits(caller, request, out);
        } else {
            permits(caller, request, new Then<>(out) {
                @Override
                void then() {
                    rate(caller, request, out);
                }
            });
        }
    }

    private void permits(Caller caller, PutLimitRequest request, StreamObserver<Limit> out) {
        calls.once(
                caller,
                out,
                request.getRequestId(),
                who -> new Command.SetLimit(request.getKey(), request.getPermits()),
                Answer.OneLimit.class,
                answer -> limit(answer).build());
    }

    private void rate(Caller caller, PutLimitRequest request, StreamObserver<Limit> out) {
        Rate rate = request.getRate();
        String id = request.getRequestId();
        calls.once(
                caller,
                out,
                id.isEmpty() ? id : id + "/rate",
                who -> new Command.SetRate(request.getKey(), rate.getPerSecond(), rate.getBurst()),
                Answer.OneLimit.class,
                answer -> limit(answer).build());
    }

    /** Goes on when the first part succeeded. */
    private abstract static class Then<T> implements StreamObserver<T> {
        private final StreamObserver<T> out;

        Then(StreamObserver<T> out) {
            this.out = out;
        }

        abstract void then();

        @Override
        public void onNext(T ignored) {
            // The second part answers with both.
        }

        @Override
        public void onError(Throwable failure) {
            out.onError(failure);
        }

        @Override
        public void onCompleted() {
            then();
        }
    }

    void get(GetLimitRequest request, StreamObserver<Limit> out) {
        calls.read(
                out,
                request.getStale(),
                caller -> new Command.GetLimit(request.getKey()),
                Answer.OneLimit.class,
                (answer, staleness) -> {
                    Limit.Builder limit = limit(answer);
                    if (staleness != null) {
                        limit.setStaleness(staleness);
                    }
                    return limit.build();
                });
    }

    void list(ListLimitsRequest request, StreamObserver<ListLimitsResponse> out) {
        calls.read(
                out,
                request.getStale(),
                caller -> new Command.ListLimits(request.getAfter(), Commands.limit(request.getLimit())),
                Answer.LimitPage.class,
                (page, staleness) -> {
                    var response = ListLimitsResponse.newBuilder();
                    page.limits().forEach(limit -> response.addLimits(limit(limit)));
                    if (page.next() != null) {
                        response.setNext(page.next());
                    }
                    if (staleness != null) {
                        response.setStaleness(staleness);
                    }
                    return response.build();
                });
    }

    void consume(UseRateRequest request, StreamObserver<UseRateResponse> out) {
        calls.ask(out, caller -> Commands.consume(request), Answer.Consumed.class, Messages::used);
    }

    void refund(UseRateRequest request, StreamObserver<UseRateResponse> out) {
        calls.ask(out, caller -> Commands.refund(request), Answer.Consumed.class, Messages::used);
    }

    private static Limit.Builder limit(Answer.OneLimit answer) {
        Limit.Builder limit = Limit.newBuilder()
                .setKey(answer.key())
                .setPermits(answer.permits())
                .setUsed(answer.used())
                .setAvailable(Math.max(0, answer.permits() - answer.used()))
                .setWaiting(answer.waiting());
        Answer.Rate rate = answer.rate();
        if (rate != null) {
            limit.setRate(Rate.newBuilder()
                    .setPerSecond(rate.perSecond())
                    .setBurst(rate.burst())
                    .setAvailable(rate.available()));
        }
        return limit;
    }
}
