package dev.homeroom.e2e.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.e2e.linearizable.GrantModel;
import dev.homeroom.e2e.linearizable.GrantModel.Input;
import dev.homeroom.e2e.linearizable.GrantModel.Output;
import java.util.Optional;

/** What an answer over HTTP says in the words of the model. */
final class Answers {
    private Answers() {}

    /** Empty: nothing that the model knows, and nothing that may be answered in a run. */
    static Optional<Output> of(Input input, Door.Reply reply) {
        if (reply.ok()) {
            return Optional.of(success(input, reply.body()));
        }
        return switch (reply.problem()) {
            case "held" -> Optional.of(new Output.Held(holder(reply.body())));
            case "stale-token" -> Optional.of(new Output.Stale(holder(reply.body())));
            default -> Optional.empty();
        };
    }

    private static Output success(Input input, JsonNode body) {
        return switch (input) {
            case Input.Acquire _, Input.Renew _ ->
                new Output.Granted(body.path("token").asLong());
            case Input.Release _ -> new Output.Released();
            case Input.Look _ -> seen(body);
        };
    }

    private static Output seen(JsonNode resource) {
        JsonNode grant = resource.path("grant");
        return resource.path("held").asBoolean()
                ? new Output.Seen(holder(grant), grant.path("token").asLong())
                : new Output.Seen(GrantModel.NOBODY, 0);
    }

    private static String holder(JsonNode body) {
        return body.path("holder").path("session").asText(GrantModel.NOBODY);
    }
}
