package dev.homeroom.metrics.postgres;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to take a record apart.
 *
 * @param components of it, in order
 */
record RecordLayout(List<RecordComponent> components, List<MethodHandle> accessors) {
    private static final ClassValue<RecordLayout> KNOWN = new ClassValue<>() {
        @Override
        protected RecordLayout computeValue(Class<?> type) {
            return made(type);
        }
    };

    static RecordLayout of(Class<?> type) {
        return KNOWN.get(type);
    }

    private static RecordLayout made(Class<?> type) {
        List<RecordComponent> components = List.of(type.getRecordComponents());
        List<MethodHandle> accessors = new ArrayList<>();
        for (RecordComponent component : components) {
            Method accessor = component.getAccessor();
            // Records may be private in their class.
            accessor.setAccessible(true);
            try {
                accessors.add(MethodHandles.lookup()
                        .unreflect(accessor)
                        .asType(MethodType.methodType(Object.class, Record.class)));
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("a component cannot be read: " + accessor, e);
            }
        }
        return new RecordLayout(components, List.copyOf(accessors));
    }

    /** The value of a component of {@code from}, a record of this layout. */
    @Nullable
    Object get(Record from, int component) {
        try {
            return (Object) accessors.get(component).invokeExact(from);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
