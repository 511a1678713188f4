package dev.geotherm.api.metrics;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A validated component of a metrics record; {@code declared} is null for records and maps of records. */
record MetricField(RecordComponent component, @Nullable Metric declared) {
    private static final ClassValue<List<MetricField>> FIELDS = new ClassValue<>() {
        @Override
        protected List<MetricField> computeValue(Class<?> type) {
            List<MetricField> fields = Arrays.stream(type.getRecordComponents())
                    .map(MetricField::checked)
                    .toList();
            Set<String> names = new HashSet<>();
            fields.forEach(field -> field.addNames("", names));
            return fields;
        }
    };

    static List<MetricField> of(Class<?> type) {
        return FIELDS.get(type);
    }

    String name() {
        return component.getName();
    }

    Object value(Record metrics) {
        try {
            return component.getAccessor().invoke(metrics);
        } catch (IllegalAccessException | InvocationTargetException unexpected) {
            throw new IllegalStateException("cannot read " + component, unexpected);
        }
    }

    /** Returns the combined value of two instances with the same name, the earlier and the current one. */
    Object sum(Object earlier, Object current) {
        if (declared == null) {
            return current instanceof Record nested
                    ? Metrics.sum(nested.getClass().cast(earlier), nested)
                    : sumOfInstances((Map<?, ?>) earlier, (Map<?, ?>) current);
        } else if (declared.type() == MetricType.GAUGE) {
            return current;
        } else if (current instanceof Duration duration) {
            return duration.plus((Duration) earlier);
        } else if (current instanceof Distribution distribution) {
            return distribution.plus((Distribution) earlier);
        } else if (current instanceof Integer number) {
            return number + (Integer) earlier;
        }
        return current instanceof Long number
                ? (Object) (number + (Long) earlier)
                : (Double) current + (Double) earlier;
    }

    private static Map<Object, Object> sumOfInstances(Map<?, ?> earlier, Map<?, ?> current) {
        Map<Object, Object> all = new HashMap<>(earlier);
        current.forEach((name, metrics) ->
                all.merge(name, metrics, (before, now) -> Metrics.sum((Record) before, (Record) now)));
        return all;
    }

    /** Returns the initial value of the component. */
    Object zero() {
        Class<?> type = component.getType();
        if (type == int.class) {
            return 0;
        } else if (type == long.class) {
            return 0L;
        } else if (type == double.class) {
            return 0.0;
        } else if (type == boolean.class) {
            return false;
        } else if (type == Duration.class) {
            return Duration.ZERO;
        } else if (type == Distribution.class) {
            return Distribution.EMPTY;
        } else if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        return type == Map.class
                ? Map.of()
                : create(
                        type.asSubclass(Record.class),
                        of(type).stream().map(MetricField::zero).toList());
    }

    /** Converts a value to the component's type. */
    Object converted(Object value) {
        Class<?> type = component.getType();
        if (value instanceof Number number && type == int.class) {
            return Math.toIntExact(number.longValue());
        } else if (value instanceof Number number && type == long.class) {
            return number.longValue();
        } else if (value instanceof Number number && type == double.class) {
            return number.doubleValue();
        } else if (type.isInstance(value) || (type == boolean.class && value instanceof Boolean)) {
            return value;
        }
        throw new IllegalArgumentException(
                component.getDeclaringRecord().getSimpleName() + "." + name() + " is of type " + type.getSimpleName()
                        + ", not " + value.getClass().getSimpleName());
    }

    @SuppressWarnings("unchecked") // the class of a record is final
    static <M extends Record> M create(M like, List<Object> values) {
        return create((Class<M>) like.getClass(), values);
    }

    static <M extends Record> M create(Class<M> type, List<Object> values) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values.toArray());
        } catch (ReflectiveOperationException unexpected) {
            throw new IllegalStateException("cannot create " + type.getName(), unexpected);
        }
    }

    private static MetricField checked(RecordComponent component) {
        component.getAccessor().setAccessible(true); // the record may be package-private
        Metric declared = component.getAnnotation(Metric.class);
        String wrong = wrong(component, declared);
        if (wrong != null) {
            throw new IllegalArgumentException(
                    component.getDeclaringRecord().getName() + "." + component.getName() + " " + wrong);
        }
        return new MetricField(component, declared);
    }

    private static @Nullable String wrong(RecordComponent component, @Nullable Metric declared) {
        Class<?> type = component.getType();
        boolean container =
                (type.isRecord() && type != Distribution.class) || isMapOfRecords(component.getGenericType());
        if (declared == null || container) {
            return container && declared == null
                    ? null
                    : container
                            ? "contains records, which have their own declarations: remove @Metric"
                            : "must carry @Metric";
        }
        boolean state = type == boolean.class || type.isEnum();
        boolean number = type == int.class || type == long.class || type == double.class || type == Duration.class;
        if (!state && !number && type != Distribution.class) {
            return "has a type that is not valid for a metric: " + component.getGenericType();
        } else if (declared.description().isBlank()) {
            return "has no description";
        } else if (state == !declared.unit().isEmpty()) {
            return state ? "is a state, which must have no unit" : "has no unit";
        } else if (type == Duration.class && !declared.unit().equals("seconds")) {
            return "is a duration: its unit is seconds";
        }
        boolean fits = switch (declared.type()) {
            case COUNTER -> number;
            case GAUGE -> number || state;
            case DISTRIBUTION -> type == Distribution.class;
        };
        return fits ? null : "cannot be a " + declared.type() + ": its type is " + type.getSimpleName();
    }

    private static boolean isMapOfRecords(Type type) {
        return type instanceof ParameterizedType generic
                && generic.getRawType() == Map.class
                && generic.getActualTypeArguments()[0] == String.class
                && recordOf(generic.getActualTypeArguments()[1]) != null;
    }

    private static @Nullable Class<?> recordOf(Type type) {
        return type instanceof Class<?> known && known.isRecord() ? known : null;
    }

    /** Adds the names of this field's measurements; instances share the names of their component. */
    private void addNames(String prefix, Set<String> names) {
        if (declared != null) {
            if (!names.add(prefix + name())) {
                throw new IllegalArgumentException(
                        component.getDeclaringRecord().getName() + " has two metrics named " + prefix + name());
            }
            return;
        }
        boolean map = component.getGenericType() instanceof ParameterizedType;
        Class<?> nested = map
                ? recordOf(((ParameterizedType) component.getGenericType()).getActualTypeArguments()[1])
                : component.getType();
        String inner = map ? prefix : prefix + name() + ".";
        of(requireNonNull(nested)).forEach(field -> field.addNames(inner, names));
    }
}
