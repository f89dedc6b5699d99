package dev.homeroom.metrics.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The browser tracker in a page without a browser: what it tells of clicks and errors, and what it never tells. */
class TrackerSignalsTest {
    private static final String BUTTON = "var b = world.element('button', {id:'go'}, world.element('main', {}));";

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
            page.assertTaken();
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
            assertThat(page.types()).containsExactly("click", "click", "click");
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
            assertThat(page.types()).containsExactly("click", "click", "click");
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
            assertThat(page.types()).containsExactlyInAnyOrder("click", "error", "error");
            assertThat(page.requests().toString()).doesNotContainIgnoringCase("secret");
        }
    }
}
