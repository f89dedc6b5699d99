package dev.homeroom.metrics.tracker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.metrics.edge.Body;
import dev.homeroom.metrics.edge.EventReader;
import dev.homeroom.metrics.edge.Publishers;
import dev.homeroom.metrics.edge.Reading;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The browser tracker in a page without a browser: when it sends what, and what it never sends. */
class TrackerTest {
    private static final int LARGEST = 6000;
    private static final String BUTTON = "var b = world.element('button', {id:'go'}, world.element('main', {}));";

    static Stream<String> forms() {
        return Stream.of(FakePage.source(), FakePage.served());
    }

    @Test
    @DisplayName("R-M1: the tracker is served in less than 6 KB")
    void size() {
        assertThat(FakePage.served().getBytes(UTF_8)).hasSizeLessThan(LARGEST);
        assertThat(FakePage.served()).doesNotContain("\n");
    }

    @ParameterizedTest(name = "form {index}")
    @MethodSource("forms")
    @DisplayName("R-M1: events go in batches within half a second, errors at once, and the edge takes every one")
    void batches(String tracker) {
        try (FakePage page = FakePage.started(tracker)) {
            page.run(
                    "homeroom.send('attempt', {target:'ex-1', skill:'loops', outcome:'failure', context:{durationMs:5}})");
            page.advance(100);
            page.run("homeroom.send('hint', {target:'ex-1'})");
            page.advance(299);
            assertThat(page.requests()).isEmpty();
            page.advance(1);
            assertThat(page.requests()).hasSize(1);
            page.run(
                    "world.tell('error', {message:'x', error:new TypeError('x'), filename:'https://a.b/app.js?t=1', lineno:7})");
            assertThat(page.requests()).hasSize(2);
            page.run("world.tell('unhandledrejection', {reason:'gone'})");
            page.advance(400);

            assertThat(types(page)).containsExactly("attempt", "hint", "error", "error");
            JsonNode request = page.requests().get(0);
            assertThat(request.get("url").textValue()).isEqualTo("https://homeroom.example/api/metrics");
            assertThat(request.get("auth").textValue()).isEqualTo("Bearer t0");
            assertThat(page.events().get(2).get("context").get("error").textValue())
                    .matches("TypeError [a-z]+ app.js:7");
            assertTaken(page.events());
        }
    }

    @Test
    @DisplayName("R-M1: a long queue goes in several requests, in order, each event under one id")
    void longQueue() {
        try (FakePage page = FakePage.started(FakePage.served())) {
            page.run("for (var i = 0; i < 120; i++) homeroom.send('measure', {value:i})");
            page.advance(2000);
            assertThat(page.requests())
                    .extracting(each -> each.get("events").size())
                    .containsExactly(50, 50, 20);
            assertThat(page.events())
                    .extracting(each -> each.get("value").intValue())
                    .isSorted();
            assertThat(ids(page)).hasSize(120);
        }
    }

    @Test
    @DisplayName("R-M1: on 429 and 503 the same events are sent again, not before Retry-After")
    void again() {
        try (FakePage page = FakePage.started(FakePage.served())) {
            page.run("world.answers = [{status:503, retryAfter:'8'}, 429, 'offline']; homeroom.send('click', {})");
            page.advance(400 + 5999);
            assertThat(page.requests()).hasSize(1);
            page.advance(60_000);
            assertThat(page.requests()).hasSize(4);
            assertThat(ids(page)).hasSize(1);
            page.advance(60_000);
            assertThat(page.requests()).as("taken, so not again").hasSize(4);
        }
    }

    @Test
    @DisplayName("R-M1: a request that would be refused again is given up, the next one goes on")
    void givenUp() {
        try (FakePage page = FakePage.started(FakePage.served())) {
            page.run("world.answers = [400]; homeroom.send('click', {})");
            page.advance(60_000);
            page.run("homeroom.send('hint', {})");
            page.advance(400);
            assertThat(types(page)).containsExactly("click", "hint");
        }
    }

    @Test
    @DisplayName("R-M1: a token may come from a function, which is asked again after a 401")
    void freshToken() {
        try (FakePage page = new FakePage()) {
            page.run(FakePage.served());
            page.run(
                    "var asked = 0; world.answers = [401]; homeroom.start({classroom:'c1', student:'p1', url:'/m',"
                            + " token: function () { if (++asked === 3) throw new Error('no'); return Promise.resolve('t' + asked); }})");
            page.advance(10_000);
            assertThat(page.requests())
                    .extracting(each -> each.get("auth").textValue())
                    .containsExactly("Bearer t1", "Bearer t2");
            page.run("homeroom.send('click', {})");
            page.advance(10_000);
            assertThat(page.requests())
                    .as("a function that fails once harms nothing")
                    .hasSize(3);
            assertThat(page.requests().get(0).get("url").textValue()).isEqualTo("/m");
        }
    }

    @Test
    @DisplayName("R-M1: offline the queue is bounded, the oldest go, and how many is told")
    void offline() {
        try (FakePage page = FakePage.started(FakePage.served())) {
            page.run("var fetched = fetch; fetch = function () { return Promise.reject(new Error('offline')); }");
            for (int i = 0; i < 6; i++) {
                page.run("for (var i = 0; i < 100; i++) homeroom.send('measure', {value:" + i + "})");
                page.advance(11_000);
            }
            page.run("fetch = fetched; world.tell('online')");
            page.advance(20_000);
            assertThat(page.events()).hasSize(501);
            JsonNode told = page.events().get(500);
            assertThat(told.get("unit").textValue()).isEqualTo("events dropped");
            assertThat(told.get("value").intValue()).isEqualTo(100);
        }
    }

    @Test
    @DisplayName("R-M1: a storm of events is cut, and how many is told")
    void storm() {
        try (FakePage page = FakePage.started(FakePage.served())) {
            page.run("for (var i = 0; i < 1000; i++) world.tell('error', {message:'x', error:new Error('x')})");
            page.advance(5000);
            assertThat(page.events().size()).isBetween(190, 210);
            assertThat(page.events().toString()).contains("events dropped");
        }
    }

    @Test
    @DisplayName("R-M1: a page that is left sends at once, and keeps what may be missing for the next page")
    void left() {
        try (FakePage page = FakePage.started(FakePage.served())) {
            page.run("homeroom.send('submit', {}); world.answers = ['offline']; world.tell('pagehide')");
            assertThat(page.requests()).hasSize(1);
            assertThat(page.requests().get(0).get("keepalive").booleanValue()).isTrue();
            String kept = page.run("JSON.stringify(localStorage.held)");
            assertThat(kept).contains("homeroom:c1:p1").doesNotContain("t0");
            String id = page.events().get(0).get("id").textValue();
            try (FakePage next = new FakePage()) {
                next.run("localStorage.held = " + kept);
                next.run(FakePage.served());
                next.run("homeroom.start({classroom:'c1',student:'p1',token:'t0'})");
                next.advance(400);
                assertThat(next.events().get(0).get("id").textValue()).isEqualTo(id);
                assertThat(next.run("JSON.stringify(localStorage.held)")).isEqualTo("{}");
            }
        }
    }

    @Test
    @DisplayName("R-M1: a page that is hidden and shown again sends each event, and says that it has the focus")
    void hidden() {
        try (FakePage page = FakePage.started(FakePage.served())) {
            page.run("homeroom.send('submit', {}); world.hide(true)");
            page.advance(5000);
            page.run("world.hide(false)");
            page.advance(5000);
            assertThat(new HashSet<>(types(page))).containsExactlyInAnyOrder("submit", "focus");
            assertThat(ids(page)).hasSize(2);
            assertThat(page.run("JSON.stringify(localStorage.held)")).isEqualTo("{}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"doNotTrack:'1'", "globalPrivacyControl:true"})
    @DisplayName("R-M1: Do Not Track and Global Privacy Control: nothing is heard, kept or sent")
    void declined(String wish) {
        try (FakePage page = new FakePage()) {
            page.run("navigator = {" + wish + "}");
            page.run(FakePage.served());
            page.run(
                    "homeroom.start({classroom:'c1',student:'p1',token:'t'}); homeroom.send('click', {}); homeroom.stop()");
            page.advance(10_000);
            assertThat(page.requests()).isEmpty();
            assertThat(page.run("world.listening()")).isEqualTo("0");
        }
        try (FakePage page = FakePage.started(FakePage.served())) {
            page.run("homeroom.send('click', {}); navigator = {" + wish + "}; world.tell('pagehide')");
            page.advance(10_000);
            assertThat(page.requests()).as("the wish came later").isEmpty();
            assertThat(page.run("JSON.stringify(localStorage.held)")).isEqualTo("{}");
        }
    }

    @Test
    @DisplayName("R-M3: a click tells where, on what, and how soon the page reacted")
    void reaction() {
        try (FakePage page = FakePage.started(FakePage.served())) {
            page.run(BUTTON + "world.click(b, 10.4, 20.6)");
            page.advance(120);
            page.run("world.mutate()");
            page.advance(400);
            JsonNode click = page.events().get(0);
            assertThat(click.get("target").textValue()).isEqualTo("#go");
            assertThat(click.get("context").toString()).isEqualTo("{\"x\":10,\"y\":21,\"reactionMs\":120}");
            assertTaken(page.events());
        }
    }

    @Test
    @DisplayName("R-M3: a click on something that promises a reaction and gives none in 2.5 s is dead")
    void dead() {
        try (FakePage page = FakePage.started(FakePage.served())) {
            page.run(BUTTON + "world.click(b, 1, 1)");
            page.advance(2499);
            assertThat(page.requests()).isEmpty();
            page.advance(1 + 400);
            assertThat(page.events().get(0).get("context").get("dead").booleanValue())
                    .isTrue();

            page.run("world.requests = []; world.click(world.element('p', {}), 1, 1)");
            page.run("world.click(world.element('p', {cursor:'pointer'}), 500, 1)");
            page.advance(5000);
            assertThat(page.events().get(0).get("context").has("dead"))
                    .as("plain text")
                    .isFalse();
            assertThat(page.events().get(1).get("context").has("dead"))
                    .as("looks clickable")
                    .isTrue();
        }
    }

    @Test
    @DisplayName("R-M3: a burst of clicks is told at its third click, without waiting for verdicts")
    void rage() {
        try (FakePage page = FakePage.started(FakePage.served())) {
            page.run(BUTTON + "world.click(b, 1, 1)");
            page.advance(200);
            page.run("world.click(b, 5, 5)");
            page.advance(200);
            page.run("world.click(b, 9, 9)");
            page.advance(400);
            assertThat(types(page)).containsExactly("click", "click", "click");
            assertThat(page.events().toString()).doesNotContain("dead");
        }
    }

    @Test
    @DisplayName("R-M3: what expects repeats says so; clicks by script are no clicks, and by keyboard have no place")
    void kinds() {
        try (FakePage page = FakePage.started(FakePage.served())) {
            page.run(
                    "var f = world.element('div', {'data-homeroom-repeats':'','data-homeroom':'stepper','data-homeroom-skill':'loops'});"
                            + "var i = world.element('i', {}, f); world.element('b', {}, f);"
                            + "world.click(i, 1, 1); world.click(i, 1, 1, {isTrusted:false}); world.click(i, 0, 0, {detail:0});"
                            + "world.click(world.element('u', {}, world.element('div', {})), 900, 1)");
            page.advance(5000);
            assertThat(types(page)).containsExactly("click", "click", "click");
            JsonNode first = page.events().get(0);
            assertThat(first.get("target").textValue()).isEqualTo("stepper");
            assertThat(first.get("skill").textValue()).isEqualTo("loops");
            assertThat(first.get("context").get("expectsRepeats").booleanValue())
                    .isTrue();
            assertThat(page.events().get(1).get("context").has("x")).isFalse();
            assertThat(page.events().get(2).get("target").textValue()).isEqualTo("div:1>u:1");
        }
    }

    @Test
    @DisplayName("R-M1: the way through the app is told, without queries and without what stands behind a plain hash")
    void navigation() {
        try (FakePage page = FakePage.started(FakePage.served())) {
            page.run(
                    "history.pushState(null, '', '/lesson/5'); location.hash = '#token=secret'; world.tell('popstate');"
                            + "location.hash = '#/ex/1?name=otto'; world.tell('popstate')");
            page.advance(400);
            assertThat(page.events())
                    .extracting(each -> each.get("target").textValue())
                    .containsExactly("/lesson/5", "/lesson/5#/ex/1");
        }
    }

    @Test
    @DisplayName("R-M1, R-T5: nothing the student types, reads or is told in an error goes out")
    void noText() {
        try (FakePage page = FakePage.started(FakePage.served())) {
            page.run(
                    "var f = world.element('input', {value:'SECRET', name:'SECRET'}); f.value = 'SECRET'; f.textContent = 'SECRET';"
                            + "world.tell('input', {target:f, data:'SECRET'}); world.tell('change', {target:f}); world.click(f, 1, 1);"
                            + "world.tell('keydown', {key:'SECRET'}); world.tell('submit', {target:f});"
                            + "world.tell('error', {message:'SECRET', error:new Error('SECRET is not defined')});"
                            + "world.tell('error', {target:f}); world.tell('unhandledrejection', {reason:'SECRET'})");
            page.advance(5000);
            assertThat(types(page)).containsExactlyInAnyOrder("click", "error", "error");
            assertThat(page.requests().toString()).doesNotContainIgnoringCase("secret");
        }
    }

    @Test
    @DisplayName("R-M1: stopped, it tells nothing more; a script's own attributes start it")
    void stopAndAttributes() {
        try (FakePage page = FakePage.started(FakePage.served())) {
            page.run(
                    "homeroom.stop(); homeroom.send('click', {}); world.click(world.element('p', {}), 1, 1); world.hide(true);"
                            + "world.tell('error', {message:'x'})");
            page.advance(5000);
            assertThat(page.requests()).isEmpty();
        }
        try (FakePage page = new FakePage()) {
            page.run("document.currentScript.dataset = {classroom:'c1', student:'p1', token:'t9'}");
            page.run(FakePage.served());
            page.advance(400);
            assertThat(types(page)).containsExactly("navigation");
            assertThat(page.requests().get(0).get("auth").textValue()).isEqualTo("Bearer t9");
        }
    }

    private static List<String> types(FakePage page) {
        return page.events().findValuesAsText("type");
    }

    private static Set<String> ids(FakePage page) {
        return new HashSet<>(page.events().findValuesAsText("id"));
    }

    private static void assertTaken(JsonNode events) {
        var reader = new EventReader(Publishers.of("c1"), Instant.parse("2026-11-21T10:00:00Z"));
        assertThat(Body.read(events.toString().getBytes(UTF_8), false, reader).events())
                .hasSize(events.size())
                .allMatch(each -> each instanceof Reading.Taken);
    }
}
