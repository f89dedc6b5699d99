package dev.homeroom.cli;

import dev.homeroom.local.stack.LocalStack;
import dev.homeroom.local.stack.StackEvent;
import dev.homeroom.local.stack.StackException;
import dev.homeroom.local.stack.StackPorts;
import dev.homeroom.local.stack.StackSettings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code homeroom up}: runs everything until it is told to stop. */
@Command(
        name = "up",
        description = "Starts everything on this machine and runs until Ctrl-C.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class UpCommand implements Callable<Integer> {
    @Mixin
    private DataOption data;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            description =
                    "take the nine ports from N on, the gateway first (default: 8080 to 8084, 8300, 15432, 19092, 19093)")
    private @Nullable Integer portBase;

    @Option(names = "--no-build", description = "start what was built before, even when sources have changed since")
    @SuppressWarnings("UnusedVariable") // the script acts on it; here it is only known and explained
    private boolean noBuild;

    @Option(names = "--no-aot", description = "neither use nor make start-up caches")
    private boolean noAot;

    private final Screen screen = Screen.ofThisProcess();
    private final CompletableFuture<StackEvent.GaveUp> gaveUp = new CompletableFuture<>();
    private volatile boolean ready;

    @Override
    public Integer call() {
        long start = System.nanoTime();
        StackPorts ports = portBase == null ? StackPorts.defaults() : StackPorts.from(portBase);
        StackSettings.Aot aot = noAot ? StackSettings.Aot.OFF : StackSettings.Aot.TRAIN;
        LocalStack stack = LocalStack.open(
                new StackSettings(Home.directory(), data.directory(), ports, aot, true, Map.of(), this::heard));
        Thread stop = new Thread(() -> stop(stack), "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        screen.say("Starting Homeroom in " + data.directory());
        stack.run();
        ready = true;
        new ReadyScreen(stack, screen).show(Duration.ofNanos(System.nanoTime() - start));
        StackEvent.GaveUp end = gaveUp.join();
        stack.close();
        throw new StackException(
                StackException.Reason.PART_FAILED,
                end.part().label() + " died too often; its last words, from " + stack.log(end.part()) + ":\n  "
                        + String.join("\n  ", end.lastWords()),
                null);
    }

    private void heard(StackEvent event) {
        screen.show(event);
        if (event instanceof StackEvent.GaveUp end) {
            gaveUp.complete(end);
        }
    }

    private void stop(LocalStack stack) {
        if (stack.writesCaches()) {
            screen.say("Stopping; this once it takes longer, to make the next starts faster (start-up caches)");
        }
        stack.close();
        if (ready) {
            screen.say("Stopped.");
        }
    }
}
