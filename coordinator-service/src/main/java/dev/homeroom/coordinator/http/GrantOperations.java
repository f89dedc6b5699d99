package dev.homeroom.coordinator.http;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Kind;
import dev.homeroom.platform.page.Limit;
import dev.homeroom.platform.page.Page;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What locks and claims have in common: everything but the name. */
@ApplicationScoped
public class GrantOperations {
    private final Ask ask;

    /** Over the coordinator. */
    @Inject
    public GrantOperations(Ask ask) {
        this.ask = ask;
    }

    Uni<GrantJson> acquire(Kind kind, String name, AcquireJson body) {
        return ask.of(body.toCommand(kind, name), Answer.Granted.class).map(answer -> GrantJson.of(answer.grant()));
    }

    Uni<GrantJson> renew(Kind kind, String name, HeldJson body) {
        return ask.of(body.toRenew(kind, name), Answer.Granted.class).map(answer -> GrantJson.of(answer.grant()));
    }

    Uni<Map<String, Object>> release(Kind kind, String name, HeldJson body) {
        return ask.of(body.toRelease(kind, name), Answer.Released.class)
                .map(answer -> Map.of("kind", kind.label(), "name", name, "released", true));
    }

    Uni<ResourceJson> get(Kind kind, String name) {
        return ask.of(new Command.GetResource(kind, name), Answer.OneResource.class)
                .map(ResourceJson::of);
    }

    Uni<Page<GrantJson>> list(Kind kind, @Nullable String prefix, @Nullable Integer limit, @Nullable String after) {
        Command command = new Command.ListGrants(kind, Texts.orEmpty(prefix), Texts.orEmpty(after), Limit.of(limit), 0);
        return ask.of(command, Answer.GrantPage.class)
                .map(page ->
                        new Page<>(page.grants().stream().map(GrantJson::of).toList(), page.next()));
    }
}
