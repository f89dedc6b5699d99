package dev.homeroom.coordinator.http;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Kind;
import dev.homeroom.platform.page.Limit;
import dev.homeroom.platform.page.Page;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What locks, claims and limits have in common: everything but the name. */
@ApplicationScoped
public class GrantOperations {
    private final Ask ask;

    /** Over the coordinator. */
    @Inject
    public GrantOperations(Ask ask) {
        this.ask = ask;
    }

    Uni<GrantJson> acquire(Kind kind, String name, AcquireJson body) {
        return Uni.createFrom()
                .deferred(() -> ask.acquire(
                        caller -> body.toCommand(kind, name, caller),
                        body.wish().patience(),
                        Answer.Granted.class))
                .onFailure()
                .transform(Ask::asProblem)
                .map(GrantJson::of);
    }

    Uni<AcquireAllJson.Granted> acquireAll(AcquireAllJson body) {
        return Uni.createFrom()
                .deferred(() -> ask.acquire(body::toCommand, body.wish().patience(), Answer.GrantedAll.class))
                .onFailure()
                .transform(Ask::asProblem)
                .map(answer -> new AcquireAllJson.Granted(
                        answer.grants().stream().map(GrantJson::of).toList()));
    }

    Uni<GrantJson> renew(Kind kind, String name, HeldJson body) {
        return ask.of(body.toRenew(kind, name), Answer.Granted.class).map(GrantJson::of);
    }

    Uni<ReleasedJson> release(Kind kind, String name, HeldJson body) {
        return ask.of(body.toRelease(kind, name), Answer.Released.class)
                .map(answer -> ReleasedJson.of(kind, name, answer));
    }

    Uni<ForceJson.Taken> force(Kind kind, String name, @Nullable String key, ForceJson body) {
        return ask.once(key, caller -> body.toCommand(kind, name, caller), Answer.Taken.class)
                .map(ForceJson.Taken::of);
    }

    Uni<RestResponse<ResourceJson>> get(Kind kind, String name, @Nullable String consistency) {
        return resource(kind, name, consistency, ResourceJson::of);
    }

    <T> Uni<RestResponse<T>> resource(
            Kind kind, String name, @Nullable String consistency, Function<Answer.OneResource, T> json) {
        return ask.read(consistency, new Command.GetResource(kind, name), Answer.OneResource.class, json);
    }

    Uni<RestResponse<Page<GrantJson>>> list(
            Kind kind,
            @Nullable String prefix,
            @Nullable Integer limit,
            @Nullable String after,
            @Nullable String consistency) {
        Command command = new Command.ListGrants(kind, Texts.orEmpty(prefix), Texts.orEmpty(after), Limit.of(limit), 0);
        return ask.read(
                consistency,
                command,
                Answer.GrantPage.class,
                page -> new Page<>(page.grants().stream().map(GrantJson::of).toList(), page.next()));
    }
}
