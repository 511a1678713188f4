package dev.geotherm.cli.state;

import dev.geotherm.diff.codec.DeltaFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * An output format on the command line: the summary or a delta format.
 *
 * @param delta the format of the delta, or null for the summary
 */
public record OutputFormat(@Nullable DeltaFormat delta) {
    /** The readable summary. */
    public static final OutputFormat SUMMARY = new OutputFormat(null);

    private static List<OutputFormat> all() {
        List<OutputFormat> all = new ArrayList<>(List.of(SUMMARY));
        for (DeltaFormat format : DeltaFormat.values()) {
            all.add(new OutputFormat(format));
        }
        return all;
    }

    /** Returns the name of the format. */
    @Override
    public String toString() {
        return delta == null ? "summary" : delta.id();
    }

    private String description() {
        return delta == null ? "for people: counts, paths and the first changes" : delta.description();
    }

    /** Returns a line of help for each format. */
    public static List<String> help() {
        return all().stream()
                .map(format -> String.format("  %-11s  %s", format, format.description()))
                .toList();
    }

    /** The names of all formats, for help and completion. */
    public static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return all().stream().map(OutputFormat::toString).iterator();
        }
    }

    /** The names of the formats that {@code patch} can apply, for help and completion. */
    public static final class DeltaNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(DeltaFormat.values()).map(DeltaFormat::id).iterator();
        }
    }

    /** The converter from names to formats. */
    public static final class Converter implements ITypeConverter<OutputFormat> {
        @Override
        public OutputFormat convert(String name) {
            List<OutputFormat> all = all();
            for (OutputFormat format : all) {
                if (format.toString().equalsIgnoreCase(name)) {
                    return format;
                }
            }
            String names = all.stream().map(OutputFormat::toString).collect(Collectors.joining(", "));
            throw new TypeConversionException(
                    "expected " + names.replaceFirst(", ([^,]*)$", " or $1") + ", was '" + name + "'");
        }
    }
}
