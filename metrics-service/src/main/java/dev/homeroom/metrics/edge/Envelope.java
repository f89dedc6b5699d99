package dev.homeroom.metrics.edge;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.platform.problem.ProblemException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Caliper envelope: {@code sensor}, {@code sendTime}, {@code dataVersion} and the list {@code data}, whose items
 * stand for themselves. Unknown fields are passed over.
 */
public final class Envelope {
    /** Caliper 1.0, 1.1 and 1.2 name their context so, with their version behind it. */
    private static final String VERSIONS = "http://purl.imsglobal.org/ctx/caliper/v1";

    private @Nullable String sensor;
    private @Nullable String sendTime;
    private @Nullable String dataVersion;
    private @Nullable List<Reading> data;

    private Envelope() {}

    /**
     * Reads an envelope.
     *
     * @throws ProblemException {@code malformed}, {@code invalid}, {@code too-large} or {@code too-many}: nothing of it is
     *     taken
     */
    public static Body read(byte[] bytes, ItemReader reader) {
        Body.bounded(bytes);
        Envelope envelope = new Envelope();
        try (JsonParser in = Json.parser(bytes)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("The body is no Caliper envelope (a JSON object).");
            }
            envelope.fields(in, reader);
            if (in.nextToken() != null) {
                throw malformed("Something follows the end of the JSON.");
            }
        } catch (IOException e) {
            throw malformed("The body is not JSON.");
        }
        return envelope.body();
    }

    private void fields(JsonParser in, ItemReader reader) throws IOException {
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            JsonToken token = in.nextToken();
            switch (name) {
                case "sensor" -> sensor = in.getValueAsString();
                case "sendTime" -> sendTime = in.getValueAsString();
                case "dataVersion" -> dataVersion = in.getValueAsString();
                case "data" -> {
                    if (token != JsonToken.START_ARRAY || data != null) {
                        throw malformed("data: must be one list.");
                    }
                    data = Body.array(in, reader);
                }
                default -> in.skipChildren();
            }
            if (in.currentToken().isStructStart()) {
                in.skipChildren();
            }
        }
    }

    private Body body() {
        if (sensor == null || sensor.isBlank()) {
            throw new ProblemException(ProblemType.INVALID, "sensor: is missing.");
        }
        if (dataVersion == null || !dataVersion.startsWith(VERSIONS)) {
            throw new ProblemException(
                    ProblemType.INVALID, "dataVersion: must be one of Caliper 1, " + VERSIONS + "….");
        }
        try {
            var _ = Trees.time("sendTime", sendTime == null ? "" : sendTime);
        } catch (RefusedException e) {
            throw new ProblemException(ProblemType.INVALID, e.getMessage() + ".");
        }
        if (data == null) {
            throw malformed("data: is missing.");
        }
        return new Body(false, data);
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(ProblemType.MALFORMED, detail);
    }
}
