package dev.geotherm.api;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A parser and formatter of setting values, as written in a profile. */
final class SettingText {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,18})\\s*(ns|us|ms|s|m|h|d)");

    /** The longest duration in nanoseconds that fits into a long: 292 years. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private SettingText() {}

    /** Parses a value of the component's type; the message of its exception is a predicate of the setting's name. */
    static Object parse(String text, RecordComponent component) {
        String trimmed = text.strip();
        Class<?> type = component.getType();
        try {
            if (type == int.class) {
                return Integer.parseInt(plain(trimmed));
            } else if (type == long.class) {
                return Long.parseLong(plain(trimmed));
            } else if (type == double.class) {
                return finite(Double.parseDouble(plain(trimmed)));
            } else if (type == boolean.class) {
                return bool(trimmed);
            } else if (type == String.class) {
                return text;
            } else if (type == Secret.class) {
                return Secret.of(text);
            } else if (type == Duration.class) {
                return duration(trimmed);
            } else if (type == DataSize.class) {
                return DataSize.parse(trimmed);
            } else if (type == Path.class) {
                return Path.of(trimmed);
            } else if (type.isEnum()) {
                return constant(trimmed, type);
            } else if (isListOfStrings(component.getGenericType())) {
                return Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(s -> !s.isEmpty())
                        .toList();
            }
        } catch (NumberFormatException | InvalidPathException notOne) {
            throw new IllegalArgumentException(wrong(component, text), notOne);
        } catch (IllegalArgumentException notOne) {
            throw new IllegalArgumentException(wrong(component, text), notOne);
        }
        throw new IllegalArgumentException("has an unsupported type: " + component.getGenericType());
    }

    /** Formats a value so that {@link #parse} returns an equal one. */
    static String format(Object value) {
        if (value instanceof Duration duration) {
            return format(duration);
        } else if (value instanceof Enum<?> constant) {
            return name(constant);
        } else if (value instanceof Secret secret) {
            return secret.reveal();
        } else if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
        return String.valueOf(value);
    }

    /** Returns a description of the valid values. */
    static String expected(RecordComponent component) {
        Class<?> type = component.getType();
        if (type == int.class || type == long.class) {
            return "a whole number";
        } else if (type == double.class) {
            return "a number";
        } else if (type == boolean.class) {
            return "true or false";
        } else if (type == Duration.class) {
            return "a duration such as 250ms, 30s, 5m, 2h or 7d";
        } else if (type == DataSize.class) {
            return "a size such as 512KiB, 64MiB or 2GiB";
        } else if (type == Path.class) {
            return "a path";
        } else if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(c -> name((Enum<?>) c))
                            .collect(Collectors.joining(", "));
        } else if (isListOfStrings(component.getGenericType())) {
            return "a list, separated by commas";
        }
        return "a text";
    }

    private static String wrong(RecordComponent component, String text) {
        return "must be " + expected(component) + ", was '" + text + "'";
    }

    /** Removes underscores between digits, as in the Java literal 10_000. */
    private static String plain(String number) {
        return number.replaceAll("(?<=\\d)_(?=\\d)", "");
    }

    private static double finite(double number) {
        if (!Double.isFinite(number)) {
            throw new NumberFormatException("not finite");
        }
        return number;
    }

    private static boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither");
        };
    }

    private static Duration duration(String text) {
        Matcher form = DURATION.matcher(text.equals("0") ? "0s" : text);
        if (!form.matches()) {
            throw new IllegalArgumentException("no duration");
        }
        long amount = Long.parseLong(form.group(1));
        Duration duration;
        try {
            duration = switch (form.group(2)) {
                case "ns" -> Duration.ofNanos(amount);
                case "us" -> Duration.of(amount, ChronoUnit.MICROS);
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
        } catch (ArithmeticException tooLong) {
            throw new IllegalArgumentException("too long", tooLong);
        }
        if (duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("too long");
        }
        return duration;
    }

    private static String format(Duration duration) {
        if (duration.toNanosPart() % 1_000_000 != 0) {
            return duration.toNanos() + "ns";
        }
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        } else if (seconds % 3600 != 0) {
            return seconds / 60 + "m";
        }
        return seconds % 86400 != 0 ? seconds / 3600 + "h" : seconds / 86400 + "d";
    }

    private static Object constant(String text, Class<?> type) {
        for (Object constant : type.getEnumConstants()) {
            if (name((Enum<?>) constant).equals(text.toLowerCase(Locale.ROOT).replace('_', '-'))) {
                return constant;
            }
        }
        throw new IllegalArgumentException("no such constant");
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static boolean isListOfStrings(Type type) {
        return type instanceof ParameterizedType generic
                && generic.getRawType() == List.class
                && generic.getActualTypeArguments()[0] == String.class;
    }
}
