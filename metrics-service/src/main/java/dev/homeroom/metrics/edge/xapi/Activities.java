package dev.homeroom.metrics.edge.xapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.metrics.edge.Extensions;
import dev.homeroom.metrics.edge.Publisher;
import dev.homeroom.metrics.edge.RefusedException;
import dev.homeroom.metrics.edge.Trees;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a statement's context says about where it happened and what it exercises. */
final class Activities {
    /** Where xAPI puts activities beside the object, the most telling first. */
    private static final List<String> RELATIONS = List.of("category", "grouping", "parent", "other");

    /** The last segments of activity types that are skills. */
    private static final Set<String> SKILLS = Set.of("skill", "competency", "objective", "knowledge-component");
    /** The last segments of activity types that are classrooms. */
    private static final Set<String> CLASSROOMS = Set.of("course", "class", "classroom", "section");

    private Activities() {}

    /**
     * The classroom: as told in our own words, else the team, else the first group of 2.0's {@code contextGroups}, else a
     * course that groups the object, else the only one of the token.
     *
     * @throws RefusedException when nothing says which
     */
    static String classroom(JsonNode context, Extensions extensions, Publisher publisher) throws RefusedException {
        String found = extensions.classroom();
        found = found != null ? found : Trees.text(context, "team", "account", "name");
        found = found != null ? found : firstGroup(context);
        found = found != null ? found : ofType(context, CLASSROOMS);
        return found == null ? Extensions.onlyClassroom(publisher) : Extensions.stripped("classroom", found);
    }

    /** The skill: as told in our own words, else an activity of such a type beside the object; null when none is. */
    static @Nullable String skill(JsonNode context, Extensions extensions) {
        String told = extensions.skill();
        return told != null ? told : ofType(context, SKILLS);
    }

    private static @Nullable String firstGroup(JsonNode context) {
        for (JsonNode each : context.path("contextGroups")) {
            String name = Trees.text(each, "group", "account", "name");
            if (name != null) {
                return name;
            }
        }
        return null;
    }

    private static @Nullable String ofType(JsonNode context, Set<String> types) {
        for (String relation : RELATIONS) {
            JsonNode related = context.path("contextActivities").path(relation);
            // A single activity may stand without a list around it (xAPI 1.0).
            Iterable<JsonNode> activities = related.isObject() ? List.of(related) : related;
            for (JsonNode each : activities) {
                String type = Trees.text(each, "definition", "type");
                String id = Trees.text(each, "id");
                if (id != null && type != null && types.contains(type.substring(type.lastIndexOf('/') + 1))) {
                    return id;
                }
            }
        }
        return null;
    }
}
