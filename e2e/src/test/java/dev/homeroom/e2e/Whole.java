package dev.homeroom.e2e;

import dev.homeroom.e2e.cluster.StartUpCaches;
import dev.homeroom.local.stack.LocalStack;
import dev.homeroom.local.stack.Part;
import dev.homeroom.local.token.TokenRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/**
 * The whole system, started once for all tests of this JVM from the jars of this build, on free ports, with its own
 * empty data folder.
 */
final class Whole {
    private static final Duration BACK = Duration.ofMinutes(3);

    private static final class Holder {
        static final Whole INSTANCE = new Whole();
    }

    private final LocalStack stack;

    private Whole() {
        stack = StartUpCaches.start();
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop the stack"));
    }

    static Whole running() {
        return Holder.INSTANCE;
    }

    URI origin() {
        return stack.gateway();
    }

    URI address(String service) {
        return stack.uri(part(service));
    }

    String token(String role) {
        return stack.tokens().issue(TokenRequest.of("e2e-" + role, role));
    }

    String agentToken() {
        return token("agent");
    }

    Api agent() {
        return new Api(origin(), agentToken());
    }

    Api app(String name, String classroom) {
        return new Api(
                origin(),
                stack.tokens()
                        .issue(TokenRequest.of("app-" + name, "app")
                                .forApp(name)
                                .inClassrooms(classroom)));
    }

    String teacherToken(String classroom) {
        return stack.tokens()
                .issue(TokenRequest.of("teacher-" + classroom, "teacher").inClassrooms(classroom));
    }

    StreamClient stream(String classroom, String device) {
        return new StreamClient(origin(), teacherToken(classroom), classroom, device);
    }

    Database database() {
        return new Database(jdbcUrl(), "homeroom", "homeroom");
    }

    String jdbcUrl() {
        return stack.jdbcUrl();
    }

    /** SIGKILL; the stack starts the part again by itself. */
    void kill(String part) {
        long before = stack.pid(part(part));
        stack.kill(part(part));
        Patiently.until("a new process of " + part, () -> stack.pid(part(part)), pid -> pid > 0 && pid != before);
    }

    void awaitBack(String part) {
        stack.awaitReady(part(part), BACK);
    }

    private static Part part(String name) {
        return Part.valueOf(name.toUpperCase(Locale.ROOT));
    }
}
