package dev.homeroom.queue.http;

import dev.homeroom.queue.core.lesson.LessonContent;
import dev.homeroom.queue.core.lesson.LessonWrite;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A lesson as a client wants it. */
@Schema(examples = """
        {"name": "fractions", "title": "Fractions, grade 5", "objective": "5.NF.1", "weight": 2}""")
public record LessonBody(
        @Schema(description = "What tasks call it by, 1 to 200 characters. With PUT and PATCH it is in the path.")
        @Nullable
        String name,

        @Schema(description = "For people; at most 200 characters.") @Nullable
        String title,

        @Schema(
                description =
                        "The learning objective by which lessons and their tasks are grouped; at most 200 characters.")
        @Nullable
        String objective,

        @Schema(description = "For people; at most 4,000 characters.") @Nullable
        String description,

        @Schema(description = "Its share among the lessons of a priority, 0.1 to 100; absent: 1.") @Nullable
        Double weight,

        @Schema(description = "Only if the lesson has this version now; If-Match says the same.") @Nullable
        Integer version) {
    /** The longest description, in characters. */
    static final int DESCRIPTION = 4_000;

    static final double LEAST_WEIGHT = 0.1;
    static final double MOST_WEIGHT = 100;

    /** The checked content as a request to the queue; {@code ifMatch} is the version in the header. */
    LessonWrite write(String under, LessonWrite.Mode mode, @Nullable Integer ifMatch) {
        if (name != null && !name.equals(under)) {
            throw Checks.invalid("name: it is not the one in the path.");
        }
        if (version != null && ifMatch != null && !version.equals(ifMatch)) {
            throw Checks.invalid("version: it is not the one of If-Match.");
        }
        return new LessonWrite(Checks.name("name", under), content(), mode, version == null ? ifMatch : version);
    }

    private LessonContent content() {
        double share = weight == null ? LessonContent.DEFAULT.weight() : weight;
        if (!(share >= LEAST_WEIGHT && share <= MOST_WEIGHT)) {
            throw Checks.invalid("weight: must be from " + LEAST_WEIGHT + " to " + MOST_WEIGHT + ".");
        }
        if (description != null
                && (description.isEmpty() || description.length() > DESCRIPTION || description.indexOf('\0') >= 0)) {
            throw Checks.invalid("description: must have 1 to " + DESCRIPTION + " characters, and no NUL.");
        }
        return new LessonContent(
                Checks.optionalName("title", title), Checks.optionalName("objective", objective), description, share);
    }
}
