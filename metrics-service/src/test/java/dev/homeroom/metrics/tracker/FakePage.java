package dev.homeroom.metrics.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.homeroom.metrics.edge.Body;
import dev.homeroom.metrics.edge.EventReader;
import dev.homeroom.metrics.edge.Publishers;
import dev.homeroom.metrics.edge.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ScriptableObject;

/** A page without a browser ({@code tracker/world.js}) in which a script runs; its clock moves only when told. */
final class FakePage implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Context context;
    private final ScriptableObject scope;

    FakePage() {
        context = Context.enter();
        context.setLanguageVersion(Context.VERSION_ES6);
        context.setInterpretedMode(true);
        scope = context.initStandardObjects();
        run(resource("/tracker/world.js"));
    }

    /** The tracker as it is written. */
    static String source() {
        return resource("/tracker/homeroom.js");
    }

    /** The tracker as it is served. */
    static String served() {
        return new String(new TrackerScript().bytes(), StandardCharsets.UTF_8);
    }

    /** Runs a script, and then what its promises wait for; gives what it says. */
    String run(String script) {
        return Context.toString(context.evaluateString(scope, script, "test", 1, null));
    }

    /** A page with a tracker that has started and told of the page itself. */
    static FakePage started(String tracker) {
        FakePage page = new FakePage();
        page.run(tracker);
        page.run("homeroom.start({classroom:'c1',student:'p1',token:'t0'})");
        page.advance(400);
        page.run("world.requests = []");
        return page;
    }

    /** Lets so many milliseconds pass, with every timer that is due in between. */
    void advance(long millis) {
        String until = run("world.now() + " + millis);
        while (run("world.step(" + until + ")").equals("true")) {
            // Promises go on between two timers.
        }
    }

    /** The requests so far. */
    JsonNode requests() {
        return json("world.requests");
    }

    /** The events of all requests so far, in order. */
    JsonNode events() {
        return json("world.requests.reduce(function (all, each) { return all.concat(each.events); }, [])");
    }

    /** The types of all events so far, in order. */
    List<String> types() {
        return events().findValuesAsText("type");
    }

    /** The ids of all events so far. */
    Set<String> ids() {
        return new HashSet<>(events().findValuesAsText("id"));
    }

    /** The edge accepts every event so far. */
    void assertTaken() {
        var reader = new EventReader(Publishers.of("c1"), Instant.parse("2026-11-21T10:00:00Z"));
        assertThat(Body.read(events().toString().getBytes(StandardCharsets.UTF_8), false, reader)
                        .events())
                .hasSize(events().size())
                .allMatch(each -> each instanceof Reading.Taken);
    }

    private JsonNode json(String expression) {
        try {
            return JSON.readTree(run("JSON.stringify(" + expression + ")"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = FakePage.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Context.exit();
    }
}
