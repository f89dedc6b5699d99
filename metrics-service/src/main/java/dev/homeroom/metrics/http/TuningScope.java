package dev.homeroom.metrics.http;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.metrics.core.TunedRules.Scope;
import dev.homeroom.metrics.edge.Text;
import dev.homeroom.platform.problem.ProblemException;
import dev.homeroom.platform.security.ClassroomScope;
import dev.homeroom.platform.security.Roles;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whose rules the caller of this request may see and change. Operators tune everywhere, and see no students for it. */
@RequestScoped
public class TuningScope {
    private static final int LONGEST_NAME = 200;

    private final ClassroomScope classrooms;

    /** Of the request. */
    @Inject
    public TuningScope(ClassroomScope classrooms) {
        this.classrooms = classrooms;
    }

    /** Who it is. */
    public String subject() {
        return classrooms.caller().subject();
    }

    /** The classrooms whose tunings may be listed; null for all. Those of every classroom concern everybody. */
    public @Nullable Set<String> classrooms() {
        if (everywhere()) {
            return null;
        }
        Set<String> names = new HashSet<>(classrooms.classrooms());
        names.add(Scope.ANY);
        return names;
    }

    /** A place whose rules the caller may see. */
    public Scope visible(String classroom, String app) {
        return place(classroom, app, true);
    }

    /** A place whose rules the caller may change. */
    public Scope changeable(String classroom, String app) {
        Scope place = place(classroom, app, false);
        if (classroom.equals(Scope.ANY) && app.equals(Scope.ANY)) {
            throw new ProblemException(
                    ProblemType.INVALID, "classroom: name a classroom or an app; the rest is the service's settings.");
        }
        return place;
    }

    private Scope place(String classroom, String app, boolean toSee) {
        name("classroom", classroom);
        name("app", app);
        boolean forAll = toSee && classroom.equals(Scope.ANY);
        if (!everywhere() && !forAll) {
            classrooms.require(classroom);
        }
        return new Scope(classroom, app);
    }

    private boolean everywhere() {
        return classrooms.all() || classrooms.caller().is(Roles.OPERATOR);
    }

    static void name(String field, String text) {
        String fault = Text.fault(text, LONGEST_NAME);
        if (fault != null) {
            throw new ProblemException(ProblemType.INVALID, field + ": " + fault + ".");
        }
    }
}
