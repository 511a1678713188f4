package dev.geotherm.api;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A binder of settings records: creates a record from texts and the default values of {@link Setting}, and formats a record
 * as texts.
 *
 * <p>A record component that is itself a record, without {@link Setting}, is flattened: its settings become settings of
 * the outer record.
 *
 * <p>Stateless; thread-safe.
 */
public final class Settings {
    private Settings() {}

    /**
     * Returns the record of all default values.
     *
     * @throws IllegalArgumentException if the record's declaration is invalid: a component without {@link Setting}, or an
     *     invalid default value
     */
    public static <S extends Record> S defaults(Class<S> type) {
        return of(type, Map.of());
    }

    /**
     * Returns the record with the given values, and default values for the rest.
     *
     * @param values texts as written in a profile, by component name
     * @throws SettingsException with all problems: unknown names (each with the nearest known one), texts that cannot
     *     be parsed as the type of their component, and values that the record refuses
     * @throws IllegalArgumentException if the record's declaration is invalid
     */
    public static <S extends Record> S of(Class<S> type, Map<String, String> values) {
        requireNonNull(values, "values");
        Problems problems = new Problems();
        List<String> known = names(type);
        for (String name : values.keySet()) {
            problems.require(known.contains(name), name, "%s", NearestName.unknown("setting", name, known));
        }
        S bound = bind(type, values, problems);
        problems.throwIfAny();
        return requireNonNull(bound);
    }

    /**
     * Returns a copy of a record with some values replaced.
     *
     * @param values texts as written in a profile, by component name
     * @throws SettingsException as {@link #of} does
     */
    public static <S extends Record> S with(S settings, Map<String, String> values) {
        Map<String, String> texts = toTexts(settings);
        texts.putAll(values);
        @SuppressWarnings("unchecked") // the class of a record is final
        Class<S> type = (Class<S>) settings.getClass();
        return of(type, texts);
    }

    /** Binds a record and its nested records; returns null, and adds the problems, if values are invalid. */
    private static <S extends Record> @Nullable S bind(Class<S> type, Map<String, String> values, Problems problems) {
        RecordComponent[] components = components(type);
        @Nullable Object[] arguments = new @Nullable Object[components.length];
        List<String> unreadable = new ArrayList<>();
        boolean complete = true;
        for (int i = 0; i < components.length; i++) {
            Class<? extends Record> nested = nested(components[i]);
            if (nested != null) {
                Record part = bind(nested, values, problems);
                if (part == null) { // use its defaults: the outer record can still report its problems
                    complete = false;
                    part = bind(nested, Map.of(), new Problems());
                    unreadable.addAll(names(nested));
                }
                arguments[i] = part;
                continue;
            }
            String name = components[i].getName();
            String text = values.get(name);
            try {
                arguments[i] = SettingText.parse(
                        text == null ? annotation(components[i]).defaultValue() : text, components[i]);
            } catch (IllegalArgumentException wrong) {
                if (text == null) {
                    throw new IllegalArgumentException(
                            "the default of " + type.getName() + "." + name + " " + wrong.getMessage(), wrong);
                }
                problems.add(new Problem(name, String.valueOf(wrong.getMessage())));
                arguments[i] = SettingText.parse(annotation(components[i]).defaultValue(), components[i]);
                unreadable.add(name);
            }
        }
        try {
            S bound = create(type, components, arguments);
            return complete && unreadable.isEmpty() ? bound : null;
        } catch (SettingsException refused) {
            // Unreadable texts were replaced by default values, so only problems of other components are real.
            refused.problems().stream()
                    .filter(problem -> !unreadable.contains(problem.path()))
                    .forEach(problems::add);
            return null;
        }
    }

    /** Returns the names of the settings, in the order of the record. */
    public static List<String> names(Class<? extends Record> type) {
        return settings(type).stream().map(RecordComponent::getName).toList();
    }

    /**
     * Returns the settings as written in a profile, by name, in the order of the record. {@link #of} creates an equal
     * record from them. They include the values of {@linkplain Secret secrets}: do not print them.
     */
    public static Map<String, String> toTexts(Record settings) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (RecordComponent component : components(settings.getClass())) {
            Object value = read(settings, component);
            if (nested(component) != null) {
                texts.putAll(toTexts((Record) value));
            } else {
                texts.put(component.getName(), SettingText.format(value));
            }
        }
        return texts;
    }

    /** Returns the declaration of each setting, in the order of the record. */
    public static List<Described> describe(Class<? extends Record> type) {
        List<Described> described = new ArrayList<>();
        for (RecordComponent component : settings(type)) {
            Setting setting = annotation(component);
            described.add(new Described(
                    component.getName(),
                    SettingText.expected(component),
                    setting.defaultValue(),
                    setting.description(),
                    component.getType() == Secret.class,
                    component.getType() == List.class,
                    setting.shared()));
        }
        return List.copyOf(described);
    }

    /**
     * The declaration of one setting.
     *
     * @param name the name of the record component
     * @param expected the valid values, for users: {@code a whole number}, {@code one of allocate, wait, fail}
     * @param defaultValue the default value, as written in a profile
     * @param description what the setting does
     * @param secret whether it is a {@link Secret}
     * @param list whether a value is a list
     * @param shared whether all named instances of the component share one value
     */
    public record Described(
            String name,
            String expected,
            String defaultValue,
            String description,
            boolean secret,
            boolean list,
            boolean shared) {}

    /** Returns the components that are settings; a nested record is replaced by its settings. */
    private static List<RecordComponent> settings(Class<? extends Record> type) {
        List<RecordComponent> found = new ArrayList<>();
        for (RecordComponent component : components(type)) {
            Class<? extends Record> nested = nested(component);
            if (nested == null) {
                found.add(component);
            } else {
                found.addAll(settings(nested));
            }
        }
        long names = found.stream().map(RecordComponent::getName).distinct().count();
        if (names != found.size()) {
            throw new IllegalArgumentException(type.getName() + " has two settings with the same name: "
                    + found.stream().map(RecordComponent::getName).toList());
        }
        return found;
    }

    /** Returns the type of a component that is a nested settings record, else null. */
    private static @Nullable Class<? extends Record> nested(RecordComponent component) {
        return component.getType().isRecord() && component.getAnnotation(Setting.class) == null
                ? component.getType().asSubclass(Record.class)
                : null;
    }

    private static RecordComponent[] components(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        if (components == null) {
            throw new IllegalArgumentException("settings must be a record, " + type.getName() + " is not");
        }
        return components;
    }

    private static Setting annotation(RecordComponent component) {
        Setting setting = component.getAnnotation(Setting.class);
        if (setting == null) {
            throw new IllegalArgumentException(component.getDeclaringRecord().getName() + "." + component.getName()
                    + " must carry @Setting with its default value and description");
        }
        return setting;
    }

    private static <S extends Record> S create(
            Class<S> type, RecordComponent[] components, @Nullable Object[] arguments) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<S> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true); // settings records may be package-private
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalArgumentException("cannot create " + type.getName(), refused);
        } catch (ReflectiveOperationException unexpected) {
            throw new IllegalArgumentException("cannot create " + type.getName(), unexpected);
        }
    }

    private static Object read(Record settings, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(settings);
        } catch (ReflectiveOperationException unexpected) {
            throw new IllegalArgumentException("cannot read " + component, unexpected);
        }
    }
}
