package dev.geotherm.profiles.config;

import dev.geotherm.api.NearestName;
import dev.geotherm.api.Problem;
import dev.geotherm.api.Problems;
import dev.geotherm.api.Settings;
import dev.geotherm.api.SettingsException;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.profiles.plugin.ReservedSettings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * A reader of the YAML of one profile. It checks the structure and the names of sections; the binder checks the
 * settings once the implementations are known.
 *
 * <p>Values stay as written, without YAML's types: the type of a setting determines what {@code yes} or {@code 010}
 * means. Used once.
 */
final class ProfileReader {
    static final String USE = ReservedSettings.USE;
    static final String EXTENDS = "extends";
    static final List<String> SECTIONS = Stream.concat(
                    Stream.of(ComponentKind.values()).map(ComponentKind::section),
                    ProfileSections.ALL.keySet().stream())
            .toList();
    static final List<String> TOP = Settings.names(PlatformSettings.class);
    private static final List<String> HEADER = Settings.names(ProfileHeader.class);
    private static final List<String> KNOWN = Stream.of(List.of(EXTENDS), HEADER, TOP, SECTIONS)
            .flatMap(List::stream)
            .toList();

    /** Deeper than any profile; the composer recurses once per level, so this bounds its stack. */
    private static final int MAX_DEPTH = 16;

    private static final Set<Tag> PLAIN = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL);
    static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

    private final String name;
    private final String origin;
    private final Problems problems = new Problems();
    private final Map<String, String> texts = new TreeMap<>();
    private final Map<String, Integer> lines = new HashMap<>();
    private final Set<String> lists = new HashSet<>();

    ProfileReader(String name, String origin) {
        this.name = name;
        this.origin = origin;
    }

    /**
     * Reads the text.
     *
     * @throws SettingsException if the text is not YAML
     */
    ParsedProfile read(String text) {
        compose(text).ifPresent(this::document);
        Map<String, String> header = new HashMap<>();
        for (String key : HEADER) {
            String value = texts.remove(key);
            if (value != null) {
                header.put(key, value);
            }
        }
        String parent = texts.remove(EXTENDS);
        ProfileHeader bound = header(header);
        if (parent != null && !ProfileFile.NAME.matcher(parent).matches()) {
            problem(EXTENDS, "must be the name of a profile, was '" + parent + "'", lines.getOrDefault(EXTENDS, 0));
            parent = null;
        }
        Profile profile = new Profile(name, parent, bound.description(), bound.focus(), texts, origin);
        return new ParsedProfile(profile, lines, lists, problems.list());
    }

    private ProfileHeader header(Map<String, String> values) {
        try {
            return Settings.of(ProfileHeader.class, values);
        } catch (SettingsException wrong) {
            wrong.problems().forEach(p -> problem(p.path(), p.message(), lines.getOrDefault(p.path(), 0)));
            return Settings.defaults(ProfileHeader.class);
        }
    }

    private Optional<Node> compose(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(origin)
                .setMaxAliasesForCollections(10)
                .setAllowRecursiveKeys(false)
                .build();
        try {
            int depth = 0;
            for (ParserImpl events = parser(settings, text); events.hasNext(); ) {
                Event event = events.next();
                switch (event.getEventId()) {
                    case MappingStart, SequenceStart -> depth++;
                    case MappingEnd, SequenceEnd -> depth--;
                    default -> {}
                }
                if (depth > MAX_DEPTH) {
                    throw unreadable("must not be nested deeper than " + MAX_DEPTH + " levels", event.getStartMark());
                }
            }
            return new Composer(settings, parser(settings, text)).getSingleNode();
        } catch (MarkedYamlEngineException malformed) {
            throw unreadable(
                    "must be YAML: " + String.valueOf(malformed.getProblem()).strip(), malformed.getProblemMark());
        } catch (YamlEngineException malformed) {
            throw unreadable("must be YAML: " + malformed.getMessage(), Optional.empty());
        }
    }

    private static ParserImpl parser(LoadSettings settings, String text) {
        return new ParserImpl(settings, new StreamReader(settings, text));
    }

    private SettingsException unreadable(String message, Optional<Mark> mark) {
        String place =
                ParsedProfile.place(name, origin, mark.map(m -> m.getLine() + 1).orElse(0));
        return new SettingsException(List.of(new Problem("", place + ": " + message)));
    }

    private void document(Node root) {
        if (root instanceof MappingNode mapping && mapping.getTag().equals(Tag.MAP)) {
            each(mapping, "", this::top);
        } else if (!isNothing(root)) {
            problem("", "must be sections with settings below them, was " + kindOf(root), line(root));
        }
    }

    private void top(String key, Node value) {
        if (SECTIONS.contains(key)) {
            if (value instanceof MappingNode section && section.getTag().equals(Tag.MAP)) {
                each(section, key + ".", this::inSection);
            } else if (!isNothing(value)) {
                problem(key, "must be a section with settings below it, was " + kindOf(value), line(value));
            }
        } else if (KNOWN.contains(key) && value instanceof SequenceNode) {
            problem(key, "must be a plain value, was a list", line(value));
        } else if (KNOWN.contains(key)) {
            setting(key, value);
        } else {
            problem(key, NearestName.unknown("section or setting", key, KNOWN), line(value));
        }
    }

    private void inSection(String key, Node value) {
        if (!key.endsWith("." + ReservedSettings.INSTANCES)) {
            setting(key, value);
        } else if (value instanceof MappingNode instances && instances.getTag().equals(Tag.MAP)) {
            each(instances, key + ".", this::instance);
        } else if (!isNothing(value)) {
            problem(key, "must be names of instances with settings below them, was " + kindOf(value), line(value));
        }
    }

    private void instance(String key, Node value) {
        if (value instanceof MappingNode instance && instance.getTag().equals(Tag.MAP)) {
            each(instance, key + ".", this::setting);
        } else if (!isNothing(value)) {
            problem(key, "must be an instance with settings below it, was " + kindOf(value), line(value));
        }
    }

    private void setting(String key, Node value) {
        String text = text(key, value);
        if (text != null) {
            texts.put(key, text);
            lines.put(key, line(value));
        }
    }

    private @Nullable String text(String key, Node value) {
        if (value instanceof ScalarNode scalar && PLAIN.contains(scalar.getTag())) {
            return scalar.getValue();
        } else if (value instanceof SequenceNode sequence && sequence.getTag().equals(Tag.SEQ)) {
            lists.add(key);
            return items(key, sequence);
        }
        String expected = isNothing(value) ? "must have a value" : "must be a plain value or a list of such";
        problem(key, expected + ", was " + kindOf(value), line(value));
        return null;
    }

    private @Nullable String items(String key, SequenceNode sequence) {
        for (Node item : sequence.getValue()) {
            boolean plain = item instanceof ScalarNode scalar
                    && PLAIN.contains(scalar.getTag())
                    && !scalar.getValue().isBlank()
                    && !scalar.getValue().contains(",");
            if (!plain) {
                problem(key, "must be a list of plain values without commas, contains " + kindOf(item), line(item));
                return null;
            }
        }
        return String.join(
                ",",
                sequence.getValue().stream()
                        .map(item -> ((ScalarNode) item).getValue())
                        .toList());
    }

    private void each(MappingNode mapping, String prefix, Entry entry) {
        Set<String> seen = new HashSet<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            int line = line(tuple.getKeyNode());
            if (!KEY.matcher(key).matches()) {
                problem(
                        prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1),
                        "contains an invalid key, " + kindOf(tuple.getKeyNode())
                                + "; settings belong below their section, for example maxSize: 100 below pool:",
                        line);
            } else if (!seen.add(key)) {
                problem(prefix + key, "occurs twice", line);
            } else {
                entry.accept(prefix + key, tuple.getValueNode());
            }
        }
    }

    private void problem(String path, String message, int line) {
        problems.add(new Problem(path, message + " (" + ParsedProfile.place(name, origin, line) + ")"));
    }

    private static boolean isNothing(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    private static String kindOf(Node node) {
        if (isNothing(node)) {
            return "nothing";
        } else if (node instanceof ScalarNode scalar) {
            return PLAIN.contains(scalar.getTag())
                    ? "'" + scalar.getValue() + "'"
                    : "a value with the tag " + scalar.getTag();
        }
        return node instanceof MappingNode ? "a section" : node instanceof SequenceNode ? "a list" : "something else";
    }

    private interface Entry {
        void accept(String key, Node value);
    }
}
