package dev.homeroom.metrics.tracker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.sun.net.httpserver.HttpServer;
import dev.homeroom.local.testing.Chromium;
import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import dev.homeroom.local.token.TokenRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The tracker in a real browser, on a page of another origin, with everything behind it. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(JwtResource.class)
class TrackerBrowserTest {
    private static final Optional<Path> CHROMIUM = Chromium.find();

    @Inject
    DataSource database;

    @TestHTTPResource
    String address = "";

    private final String classroom = "tracker-" + UUID.randomUUID();

    @Test
    @DisplayName("R-M1: clicks, errors and attempts of a page reach the table; what is typed does not leave the page")
    void aStudentWorks() throws IOException {
        var sent = new ArrayList<String>();
        browse("", sent, page -> {
            page.locator("#live").click();
            page.locator("#answer").pressSequentially("SECRET");
            page.locator("#stuck").click(new Locator.ClickOptions().setClickCount(3));
            page.evaluate("setTimeout(() => { throw new TypeError('SECRET') })");
            page.evaluate("homeroom.send('submit', {target: 'ex-1', outcome: 'failure'})");
            page.navigate("about:blank");
            folded("submit", 1);
        });
        folded("error", 1);
        folded("navigation", 1);
        assertThat(count("type = 'click' AND target = '#stuck'")).isEqualTo(3);
        assertThat(count("target = '#live' AND (context->>'reactionMs')::int < 2500"))
                .isEqualTo(1);
        assertThat(count("type = 'click' AND context ? 'x' AND app = 'quiz' AND student = 'p1'"))
                .isGreaterThanOrEqualTo(4);
        assertThat(sent).isNotEmpty().noneMatch(body -> body.contains("SECRET"));
    }

    @Test
    @DisplayName("R-M1: a browser that asks not to be tracked sends nothing")
    void declined() throws IOException {
        var sent = new ArrayList<String>();
        browse("Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})", sent, page -> {
            page.locator("#live").click();
            page.evaluate("homeroom.send('submit', {})");
            page.navigate("about:blank");
        });
        assertThat(sent).isEmpty();
    }

    @Test
    @DisplayName("R-M1: the tracker is open to every page, small, and kept by browsers")
    void served() {
        String tag = given().get("/homeroom.js")
                .then()
                .statusCode(200)
                .contentType(startsWith("text/javascript"))
                .header("Content-Length", Integer::parseInt, lessThan(6000))
                .header("Cache-Control", startsWith("max-age="))
                .extract()
                .header("ETag");
        given().header("If-None-Match", tag).get("/homeroom.js").then().statusCode(304);
    }

    @Test
    @DisplayName("R-M1: pages of allowed origins may publish, refusals included; others may not")
    void origins() {
        var preflight = given().header("Origin", "http://localhost:9")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type");
        preflight
                .options("/api/metrics")
                .then()
                .statusCode(204)
                .header("Access-Control-Allow-Origin", equalTo("http://localhost:9"))
                .header("Access-Control-Allow-Headers", startsWith("authorization, content-type"))
                .header("Access-Control-Allow-Credentials", nullValue());
        given().header("Origin", "http://localhost:9")
                .contentType("application/json")
                .body("{}")
                .post("/api/metrics")
                .then()
                .statusCode(401)
                .header("Access-Control-Allow-Origin", equalTo("http://localhost:9"))
                .header("Access-Control-Expose-Headers", startsWith("retry-after"));
        given().header("Origin", "https://elsewhere.example")
                .header("Access-Control-Request-Method", "POST")
                .options("/api/metrics")
                .then()
                .statusCode(403)
                .header("Access-Control-Allow-Origin", nullValue());
    }

    private interface Visit {
        void to(Page page);
    }

    /** The app has a server of its own: an allowed host, but another origin. */
    private HttpServer appServer() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/quiz", exchange -> {
            byte[] html = app().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html;charset=UTF-8");
            exchange.sendResponseHeaders(200, html.length);
            try (var body = exchange.getResponseBody()) {
                body.write(html);
            }
        });
        server.start();
        return server;
    }

    private void browse(String before, List<String> sent, Visit visit) throws IOException {
        assumeTrue(CHROMIUM.isPresent(), "no Chromium on the PATH or in HOMEROOM_CHROMIUM");
        HttpServer server = appServer();
        try (var playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                var browser = launch(playwright)) {
            Page page = browser.newPage();
            page.addInitScript(before);
            page.onRequest(request -> {
                if (request.url().endsWith("/api/metrics") && request.method().equals("POST")) {
                    sent.add(String.valueOf(request.postData()));
                }
            });
            page.navigate("http://localhost:" + server.getAddress().getPort() + "/quiz?name=SECRET");
            visit.to(page);
        } finally {
            server.stop(0);
        }
    }

    private String app() {
        String token = JwtResource.issuer()
                .issue(TokenRequest.of("p1", "app")
                        .inClassrooms(classroom)
                        .forApp("quiz")
                        .forStudent("p1"));
        return """
                <!doctype html><title>Quiz</title>
                <button id="live" onclick="this.textContent += '!'">Go</button>
                <button id="stuck">Next</button><input id="answer">
                <script src="%s" data-classroom="%s" data-student="p1" data-token="%s"></script>
                """.formatted(address.replaceAll("/$", "") + "/homeroom.js", classroom, token);
    }

    private static Browser launch(Playwright playwright) {
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM.orElseThrow())
                        .setArgs(List.of("--no-sandbox")));
    }

    private void folded(String type, long events) {
        Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> count("type = '" + type + "'") == events);
    }

    private long count(String condition) {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(
                        "SELECT count(*) FROM metrics.event WHERE classroom = ? AND " + condition.replace("?", "??"))) {
            query.setString(1, classroom);
            try (var rows = query.executeQuery()) {
                return rows.next() ? rows.getLong(1) : -1;
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
