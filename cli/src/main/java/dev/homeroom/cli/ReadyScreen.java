package dev.homeroom.cli;

import dev.homeroom.local.stack.LocalStack;
import dev.homeroom.local.stack.StackSettings;
import dev.homeroom.local.token.TokenRequest;
import java.time.Duration;

/** The one screen that says what to do next. */
final class ReadyScreen {
    private final LocalStack stack;
    private final Screen screen;

    ReadyScreen(LocalStack stack, Screen screen) {
        this.stack = stack;
        this.screen = screen;
    }

    void show(Duration took) {
        String address = stack.gateway().toString();
        screen.say("");
        screen.say(screen.bold("Homeroom is ready") + " after " + Screen.seconds(took) + ":  " + screen.bold(address));
        screen.say("");
        screen.say("Page for teachers (the link carries its token, valid for 8 hours)");
        screen.say("  " + address + "/#token=" + token(TokenRequest.of("teacher", "teacher")));
        screen.say("");
        screen.say("Tokens for the examples below; more with  ./homeroom token --help");
        screen.say("  AGENT=" + token(TokenRequest.of("agent", "agent")));
        screen.say("  APP=" + token(TokenRequest.of("demo-app", "app").forApp("demo-app")));
        screen.say("  OPERATOR=" + token(TokenRequest.of("operator", "operator")));
        examples(address);
        StackSettings settings = stack.settings();
        screen.say("");
        screen.say("Data  " + settings.data());
        screen.say("Logs  " + settings.data().resolve("logs"));
        screen.say("Stop  Ctrl-C (the data stay)");
    }

    private void examples(String address) {
        screen.say("");
        screen.say("Next steps, in another terminal");
        screen.say("  curl " + address + "/health");
        screen.say("  curl -H \"Authorization: Bearer $OPERATOR\" " + address + "/-/queue/q/metrics");
        post(
                address + "/api/sessions",
                "AGENT",
                "{\"id\":\"s-1\",\"name\":\"my first session\",\"host\":\"here\",\"instance\":\"demo-1\"}");
        post(address + "/api/tasks", "AGENT", "{\"type\":\"hello\",\"payload\":{\"to\":\"world\"}}");
        post(
                address + "/api/metrics",
                "APP",
                "{\"id\":\"'$(uuidgen)'\",\"classroom\":\"c1\",\"student\":\"ada\",\"type\":\"attempt\",\"skill\":\"loops\","
                        + "\"outcome\":\"failure\",\"occurredAt\":\"'$(date -u +%FT%TZ)'\"}");
    }

    private void post(String url, String token, String json) {
        screen.say("  curl -H \"Authorization: Bearer $" + token + "\" -H 'Content-Type: application/json' " + url
                + " -d '" + json + "'");
    }

    private String token(TokenRequest request) {
        return stack.tokens().issue(request);
    }
}
