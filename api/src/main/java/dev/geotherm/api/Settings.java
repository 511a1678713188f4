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

/**
 * Binds texts to settings records, with the defaults that {@link Setting} gives, and writes them back.
 *
 * <p>Stateless; safe for use by many threads.
 */
public final class Settings {
    private Settings() {}

    /**
     * Returns the record with every default.
     *
     * @throws IllegalArgumentException if the record's own declaration is wrong: a component without {@link Setting},
     *     or a default that cannot be bound
     */
    public static <S extends Record> S defaults(Class<S> type) {
        return of(type, Map.of());
    }

    /**
     * Returns the record with the given values and defaults for the rest.
     *
     * @param values texts as written in a profile, by the name of the record's component
     * @throws SettingsException with everything that is wrong: each unknown name (with the nearest known one), each text
     *     that is not of its component's type, and what the record itself refuses
     * @throws IllegalArgumentException if the record's own declaration is wrong
     */
    public static <S extends Record> S of(Class<S> type, Map<String, String> values) {
        requireNonNull(values, "values");
        Problems problems = new Problems();
        List<String> known = names(type);
        for (String name : values.keySet()) {
            problems.require(known.contains(name), name, "%s", NearestName.unknown("setting", name, known));
        }
        RecordComponent[] components = components(type);
        Object[] arguments = new Object[components.length];
        boolean complete = true;
        for (int i = 0; i < components.length; i++) {
            String text = values.get(components[i].getName());
            try {
                arguments[i] = SettingText.parse(
                        text == null ? annotation(components[i]).byDefault() : text, components[i]);
            } catch (IllegalArgumentException wrong) {
                if (text == null) {
                    throw new IllegalArgumentException(
                            "the default of " + type.getName() + "." + components[i].getName() + " "
                                    + wrong.getMessage(),
                            wrong);
                }
                problems.add(new Problem(components[i].getName(), String.valueOf(wrong.getMessage())));
                arguments[i] = SettingText.parse(annotation(components[i]).byDefault(), components[i]);
                complete = false;
            }
        }
        S bound = null;
        try {
            bound = create(type, components, arguments);
        } catch (SettingsException refused) {
            // With a default in the place of an unreadable text, only problems of other components tell the truth.
            for (Problem problem : refused.problems()) {
                boolean ofAnUnreadable =
                        problems.list().stream().anyMatch(p -> p.path().equals(problem.path()));
                if (complete || !ofAnUnreadable) {
                    problems.add(problem);
                }
            }
        }
        problems.throwIfAny();
        return requireNonNull(bound);
    }

    /** Returns the names of the settings, in the order of the record. */
    public static List<String> names(Class<? extends Record> type) {
        return Arrays.stream(components(type)).map(RecordComponent::getName).toList();
    }

    /**
     * Returns the settings as written in a profile, by name, in the order of the record; secrets are not masked.
     *
     * <p>{@link #of} makes an equal record of them.
     */
    public static Map<String, String> toTexts(Record settings) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (RecordComponent component : components(settings.getClass())) {
            texts.put(component.getName(), SettingText.format(read(settings, component)));
        }
        return texts;
    }

    /** Returns what is declared about each setting, in the order of the record. */
    public static List<Described> describe(Class<? extends Record> type) {
        List<Described> described = new ArrayList<>();
        for (RecordComponent component : components(type)) {
            Setting setting = annotation(component);
            described.add(new Described(
                    component.getName(),
                    SettingText.expected(component),
                    setting.byDefault(),
                    setting.description(),
                    setting.secret()));
        }
        return List.copyOf(described);
    }

    /**
     * What is declared about one setting.
     *
     * @param name the record component's name
     * @param expected what a value must be, for people: {@code a whole number}, {@code one of allocate, wait, fail}
     * @param byDefault the default, as written in a profile
     * @param description what the setting does
     * @param secret whether the value is masked wherever it is shown
     */
    public record Described(String name, String expected, String byDefault, String description, boolean secret) {}

    private static RecordComponent[] components(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        if (components == null) {
            throw new IllegalArgumentException("settings must be a record, " + type.getName() + " is none");
        }
        return components;
    }

    private static Setting annotation(RecordComponent component) {
        Setting setting = component.getAnnotation(Setting.class);
        if (setting == null) {
            throw new IllegalArgumentException(component.getDeclaringRecord().getName() + "." + component.getName()
                    + " must carry @Setting with its default and description");
        }
        return setting;
    }

    private static <S extends Record> S create(Class<S> type, RecordComponent[] components, Object[] arguments) {
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
