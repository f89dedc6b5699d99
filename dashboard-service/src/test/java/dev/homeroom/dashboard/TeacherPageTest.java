package dev.homeroom.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.homeroom.dashboard.core.Episode;
import dev.homeroom.dashboard.core.EpisodeStatus;
import dev.homeroom.dashboard.core.Level;
import dev.homeroom.dashboard.core.Revision;
import dev.homeroom.dashboard.core.Trace;
import dev.homeroom.local.testing.Chromium;
import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import dev.homeroom.local.token.TokenRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The page in a real browser on the real API; the live stream belongs to metrics-service and is not here. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(JwtResource.class)
@QuarkusTestResource(FiguresServer.class)
@DisplayName("R-T3 The teachers' page")
class TeacherPageTest {
    private static final Optional<Path> CHROMIUM = Chromium.find();

    @Inject
    AlertBook alerts;

    @TestHTTPResource
    String address = "";

    @Test
    @DisplayName("R-T3 shows alerts with evidence, takes actions and notes help; the token leaves the address bar")
    void aTeacherHelps() {
        assumeTrue(CHROMIUM.isPresent(), "no Chromium on the PATH or in HOMEROOM_CHROMIUM");
        var classroom = "page-" + UUID.randomUUID();
        raise(classroom, "otter");
        raise(classroom, "heron");
        var errors = new ArrayList<String>();
        try (var playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                var browser = launch(playwright)) {
            var page = browser.newPage();
            page.onPageError(errors::add);
            page.navigate(address + "#token="
                    + JwtResource.issuer().issue(TokenRequest.of("t", "teacher").inClassrooms(classroom)));
            uses(page, classroom);
        }
        assertThat(errors).isEmpty();
    }

    private static void uses(Page page, String classroom) {
        assertThat(page.locator("h1:visible")).hasText(classroom);
        assertThat(page.locator("#alerts-open > li")).hasCount(2);
        assertThat(page.locator("#alerts-open")).containsText("4 errors in a row");
        assertThat(page.url()).doesNotContain("token");

        page.locator("#alerts-open > li", new Page.LocatorOptions().setHasText("otter"))
                .getByText("Seen")
                .click();
        assertThat(page.locator("#alerts-in-hand > li")).containsText("otter");

        page.locator("#alerts-open > li").getByText("I helped").click();
        page.locator("#help-note").fill("drew it on paper");
        page.locator("#help-save").click();
        assertThat(page.locator("#helped")).containsText("drew it on paper");
        assertThat(page.locator("#helped")).containsText("Too early to say");
        assertThat(page.locator("#attention-empty")).isVisible();

        page.locator("#alerts-in-hand > li", new Page.LocatorOptions().setHasText("heron"))
                .getByText("Settled")
                .click();
        assertThat(page.locator("#alerts-earlier")).containsText("heron");
    }

    @Test
    @DisplayName("R-T5 without a token the page holds no data and says what to do")
    void withoutToken() {
        assumeTrue(CHROMIUM.isPresent(), "no Chromium on the PATH or in HOMEROOM_CHROMIUM");
        try (var playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                var browser = launch(playwright)) {
            var page = browser.newPage();
            page.navigate(address);
            assertThat(page.locator("h1:visible")).hasText("Please open your link");
            assertThat(page.locator("#room")).isHidden();
        }
    }

    private static Browser launch(Playwright playwright) {
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM.orElseThrow())
                        .setArgs(List.of("--no-sandbox")));
    }

    private void raise(String classroom, String student) {
        var now = Instant.now();
        var episode = new Episode(
                "e-" + student,
                1,
                EpisodeStatus.OPEN,
                student,
                "judge",
                "repeated-errors",
                "task 1",
                Level.HIGH,
                now.minusSeconds(60),
                null,
                new Trace("4 errors in a row", Map.of("errors", 4.0), List.of()),
                now);
        alerts.observe(classroom, List.of(Revision.of(episode))).await().atMost(Duration.ofSeconds(20));
    }
}
