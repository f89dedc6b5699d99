package dev.homeroom.metrics.tracker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The browser tracker in a page without a browser: when it sends, what it keeps, and when it is silent. */
class TrackerTest {
    private static final int LARGEST = 6000;

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

            assertThat(page.types()).containsExactly("attempt", "hint", "error", "error");
            JsonNode request = page.requests().get(0);
            assertThat(request.get("url").textValue()).isEqualTo("https://homeroom.example/api/metrics");
            assertThat(request.get("auth").textValue()).isEqualTo("Bearer t0");
            assertThat(page.events().get(2).get("context").get("error").textValue())
                    .matches("TypeError [a-z]+ app.js:7");
            page.assertTaken();
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
            assertThat(page.ids()).hasSize(120);
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
            assertThat(page.ids()).hasSize(1);
            page.advance(60_000);
            assertThat(page.requests()).as("taken, so not again").hasSize(4);
        }
    }

    @Test
    @DisplayName(
            "R-M1: a request that would be refused again is given up, the next one goes on and tells how many are lost")
    void givenUp() {
        try (FakePage page = FakePage.started(FakePage.served())) {
            page.run("world.answers = [400, 403]; homeroom.send('click', {}); homeroom.send('click', {})");
            page.advance(60_000);
            page.run("homeroom.send('hint', {})");
            page.advance(60_000);
            assertThat(page.types()).containsExactly("click", "click", "hint", "measure");
            page.run("world.requests = []; homeroom.send('focus', {})");
            page.advance(400);
            assertThat(page.types()).containsExactly("focus", "measure");
            assertThat(page.events().get(1).get("value").intValue())
                    .as("two clicks and a hint")
                    .isEqualTo(3);
        }
    }

    @Test
    @DisplayName("R-M1: what is too large together is sent in halves; only an event that is too large alone is lost")
    void tooLarge() {
        try (FakePage page = FakePage.started(FakePage.served())) {
            page.run("world.answers = [413, 413, 413, 413];"
                    + " for (var i = 0; i < 8; i++) homeroom.send('measure', {value:i})");
            page.advance(10_000);
            assertThat(page.requests())
                    .extracting(each -> each.get("events").size())
                    .startsWith(8, 4, 2, 1);
            assertThat(page.events().findValuesAsText("value").subList(15, 23))
                    .containsExactlyInAnyOrder("1", "2", "3", "4", "5", "6", "7", "1");
            assertThat(page.events().get(page.events().size() - 1).get("unit").textValue())
                    .isEqualTo("events dropped");
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
            assertThat(new HashSet<>(page.types())).containsExactlyInAnyOrder("submit", "focus");
            assertThat(page.ids()).hasSize(2);
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
            assertThat(page.types()).containsExactly("navigation");
            assertThat(page.requests().get(0).get("auth").textValue()).isEqualTo("Bearer t9");
        }
    }
}
