package dev.homeroom.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.homeroom.local.testing.Chromium;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A part of the replayed homework on the teachers' page, in a real browser, over the one address. */
class TeacherPageIT {
    private static final String CLASSROOM = "cs1-page";
    private static final String LIVE = "maple";
    private static final Optional<Path> CHROMIUM = Chromium.find();
    private static final Path PICTURES = Path.of("target", "screenshots");

    private final Whole whole = Whole.running();

    @Test
    void showsTheReplayedClassroomAndItsAlerts_R_T3() throws Exception {
        assumeTrue(CHROMIUM.isPresent(), "no Chromium on the PATH or in HOMEROOM_CHROMIUM");
        replay();
        Struggle.now(whole.app("autograder", CLASSROOM), CLASSROOM, LIVE);
        Patiently.until(
                "alerts of the homework and of the student who struggles now",
                () -> whole.database().alertedStudents(CLASSROOM),
                n -> n > 1);
        List<String> errors = new ArrayList<>();
        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(CHROMIUM.orElseThrow())
                                .setArgs(List.of("--no-sandbox")))) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                look(browser, scheme, "desktop", 1440, 900, errors);
                look(browser, scheme, "tablet", 820, 1180, errors);
            }
        }
        assertThat(errors).isEmpty();
    }

    /** Those who handed in last: enough for a page, and little to wait for. */
    private void replay() throws Exception {
        List<Homework.Sent> all = Homework.events(CLASSROOM, Instant.now());
        Set<String> last = new LinkedHashSet<>();
        for (Homework.Sent event : all.reversed()) {
            if (last.size() < 30) {
                last.add(event.student());
            }
        }
        List<Homework.Sent> events =
                all.stream().filter(event -> last.contains(event.student())).toList();
        for (var sender : new Replay(whole.app("autograder", CLASSROOM), events).senders()) {
            sender.call();
        }
        Patiently.until(
                "the replay in the database", () -> whole.database().countEvents(CLASSROOM), n -> n >= events.size());
    }

    private void look(Browser browser, ColorScheme scheme, String device, int width, int height, List<String> errors) {
        try (var context = browser.newContext(
                new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(width, height))) {
            Page page = context.newPage();
            page.onPageError(errors::add);
            page.navigate(whole.origin() + "/#token=" + whole.teacherToken(CLASSROOM) + "&classroom=" + CLASSROOM);
            assertThat(page.locator("h1:visible")).hasText(CLASSROOM);
            assertThat(page.locator("#connection[data-state=live]")).isVisible(patient());
            Locator open =
                    page.locator("#alerts-open li[data-alert]").filter(new Locator.FilterOptions().setHasText(LIVE));
            assertThat(open).isVisible(patient());
            assertThat(open).containsText(Pattern.compile("in a row|of the last 10"));
            assertThat(page.locator("#alerts-earlier li[data-alert]").first()).isAttached();
            assertThat(page.locator("#students [data-student]").filter(new Locator.FilterOptions().setHasText(LIVE)))
                    .isVisible(patient());
            assertThat(page.url()).doesNotContain("token");
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(PICTURES.resolve(device + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png")));
        }
    }

    private static LocatorAssertions.IsVisibleOptions patient() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(30_000);
    }
}
