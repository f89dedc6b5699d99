package dev.homeroom.queue.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.platform.problem.JsonProblems;
import dev.homeroom.platform.problem.Problem;
import dev.homeroom.platform.problem.ProblemException;
import dev.homeroom.queue.core.NewTask;
import dev.homeroom.queue.core.QueueException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Reads batches of tasks. What cannot be read at all is refused as a whole; what can be told apart, one by one. */
@ApplicationScoped
public class BatchReader {
    /** The most tasks of a batch; the most bytes are {@code quarkus.http.limits.max-body-size}. */
    static final int MOST = 10_000;

    private final ObjectReader task;
    private final ObjectReader node;
    private final TaskIntake intake;

    /** With the JSON rules of every interface. */
    public BatchReader(ObjectMapper mapper, TaskIntake intake) {
        this.task = mapper.readerFor(TaskBody.class);
        // An element is followed by the next one; what follows the array is checked below.
        this.node = mapper.readerFor(JsonNode.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        this.intake = intake;
    }

    private final class Reading {
        private final List<NewTask> tasks = new ArrayList<>();
        private final List<Integer> lines = new ArrayList<>();
        private final List<BatchAnswer.Line> rejected = new ArrayList<>();
        private final String by;

        Reading(String by) {
            this.by = by;
        }

        void take(int line, Source source) {
            if (tasks.size() + rejected.size() >= MOST) {
                throw new ProblemException(
                        ProblemType.TOO_MANY, "At most " + MOST + " tasks are possible in one batch. Send several.");
            }
            try {
                TaskBody body = source.read();
                if (body == null) {
                    throw Checks.invalid("An object is expected.");
                }
                tasks.add(intake.task(body, by));
                lines.add(line);
            } catch (JsonProcessingException e) {
                rejected.add(BatchAnswer.Line.of(line, JsonProblems.of(e)));
            } catch (QueueException e) {
                rejected.add(BatchAnswer.Line.of(line, Answers.problem(e.rejection())));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Batch batch() {
            return new Batch(tasks, lines, rejected);
        }
    }

    private interface Source {
        @org.jspecify.annotations.Nullable
        TaskBody read() throws IOException;
    }

    /** One task a line; empty lines are passed over, but count. */
    Batch lines(byte[] body, String by) {
        var reading = new Reading(by);
        int line = 0;
        for (int from = 0; from < body.length; ) {
            int to = from;
            while (to < body.length && body[to] != '\n') {
                to++;
            }
            line++;
            if (!isBlank(body, from, to)) {
                int begin = from;
                int length = to - from;
                reading.take(line, () -> task.readValue(body, begin, length));
            }
            from = to + 1;
        }
        return reading.batch();
    }

    /** Elements of one array; JSON that is none to its end is refused as a whole, before anything is stored. */
    Batch array(byte[] body, String by) {
        var reading = new Reading(by);
        try (var parser = node.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new ProblemException(ProblemType.MALFORMED, "The body must be a JSON array of tasks.");
            }
            for (int line = 1; parser.nextToken() != JsonToken.END_ARRAY; line++) {
                JsonNode element = node.readValue(parser);
                reading.take(line, () -> task.readValue(element));
            }
            if (parser.nextToken() != null) {
                throw new ProblemException(ProblemType.MALFORMED, "There is something after the array.");
            }
        } catch (JsonProcessingException e) {
            throw new ProblemException(
                    Problem.of(ProblemType.MALFORMED, JsonProblems.of(e).detail()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return reading.batch();
    }

    private static boolean isBlank(byte[] body, int from, int to) {
        for (int i = from; i < to; i++) {
            if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
                return false;
            }
        }
        return true;
    }
}
