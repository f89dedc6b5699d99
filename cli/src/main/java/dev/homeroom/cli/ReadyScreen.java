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
        StackSettings settings = stack.settings();
        screen.say("Next steps, in another terminal: first the tokens");
        token("AGENT", "--role agent", settings);
        token("APP", "--role app --app demo-app --classroom c1", settings);
        token("OPERATOR", "--role operator", settings);
        examples(address);
        screen.say("");
        screen.say("Data  " + settings.data());
        screen.say("Logs  " + settings.data().resolve("logs"));
        screen.say("Stop  Ctrl-C (the data stay)");
    }

    private void examples(String address) {
        screen.say("then something to see");
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
                "{\"id\":\"'$(cat /proc/sys/kernel/random/uuid 2>/dev/null || uuidgen)'\",\"classroom\":\"c1\","
                        + "\"student\":\"ada\",\"type\":\"attempt\",\"skill\":\"loops\",\"outcome\":\"failure\",\"occurredAt\":\"'$(date -u +%FT%TZ)'\"}");
    }

    private void post(String url, String token, String json) {
        screen.say("  curl -H \"Authorization: Bearer $" + token + "\" -H 'Content-Type: application/json' " + url
                + " -d '" + json + "'");
    }

    /** As a command: a token is longer than a line, three of them would bury the screen. */
    private void token(String name, String options, StackSettings settings) {
        screen.say("  " + name + "=$(./homeroom token " + options + " --data " + settings.data() + ")");
    }

    private String token(TokenRequest request) {
        return stack.tokens().issue(request);
    }
}
