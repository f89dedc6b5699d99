package dev.homeroom.metrics.stream;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.metrics.core.stream.Outgoing;
import dev.homeroom.metrics.core.stream.Outgoing.Fault;

/** The frames to clients as JSON text, the same for WebSocket and SSE. Alerts and figures are carried as they came. */
public final class Frames {
    private Frames() {}

    /** The name of the frame's type. */
    public static String type(Outgoing frame) {
        return switch (frame) {
            case Outgoing.Hello _ -> "hello";
            case Outgoing.Alert _ -> "alert";
            case Outgoing.Figures _ -> "rollup";
            case Outgoing.Gap _ -> "gap";
            case Outgoing.Whole _ -> "snapshot";
            case Outgoing.Problem _ -> "problem";
        };
    }

    /** The frame as text. */
    public static String text(Outgoing frame) {
        StringBuilder json =
                new StringBuilder("{\"type\":\"").append(type(frame)).append('"');
        switch (frame) {
            case Outgoing.Hello(var classroom, var after) ->
                text(text(json, "classroom", classroom), "epoch", after.epoch())
                        .append(",\"seq\":")
                        .append(after.seq());
            case Outgoing.Alert(var change) ->
                text(text(json, "classroom", change.classroom()), "epoch", change.epoch())
                        .append(",\"seq\":")
                        .append(change.seq())
                        .append(",\"change\":")
                        .append(change.json());
            case Outgoing.Figures(var rollup) ->
                text(json, "classroom", rollup.classroom())
                        .append(",\"rollup\":")
                        .append(rollup.json());
            case Outgoing.Gap gap ->
                text(text(json, "classroom", gap.classroom()), "epoch", gap.epoch())
                        .append(",\"from\":")
                        .append(gap.from())
                        .append(",\"to\":")
                        .append(gap.to());
            case Outgoing.Whole(var snapshot) ->
                text(text(json, "classroom", snapshot.classroom()), "epoch", snapshot.epoch())
                        .append(",\"seq\":")
                        .append(snapshot.seq())
                        .append(",\"alerts\":")
                        .append(snapshot.alerts());
            case Outgoing.Problem(var fault, var detail) -> {
                ProblemType problem = problem(fault);
                json.append(",\"problem\":{\"type\":\"").append(problem.urn()).append('"');
                text(text(json, "title", problem.title()), "detail", detail).append('}');
            }
        }
        return json.append('}').toString();
    }

    /** The problem type of what a client did wrong. */
    public static ProblemType problem(Fault fault) {
        return switch (fault) {
            case MALFORMED -> ProblemType.MALFORMED;
            case INVALID -> ProblemType.INVALID;
            case FORBIDDEN -> ProblemType.FORBIDDEN;
            case TOO_MANY -> ProblemType.TOO_MANY;
        };
    }

    private static StringBuilder text(StringBuilder json, String name, String value) {
        json.append(",\"").append(name).append("\":\"");
        JsonStringEncoder.getInstance().quoteAsString(value, json);
        return json.append('"');
    }
}
