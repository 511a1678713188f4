package dev.geotherm.delta;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Pointer (RFC 6901): the path of one value in a state. It can contain any key, even the empty one.
 *
 * <p>Immutable. A pointer refers to its parent, so {@link #child} allocates one small object at any depth, and the
 * pointers of a delta share prefixes. No method recurses: paths may be thousands of steps deep.
 */
public final class Pointer {
    /** The path of the whole state, written as the empty text. */
    public static final Pointer ROOT = new Pointer(null, "", 0);

    private final @Nullable Pointer parent;
    private final String token;
    private final int depth;

    private Pointer(@Nullable Pointer parent, String token, int depth) {
        this.parent = parent;
        this.token = token;
        this.depth = depth;
    }

    /**
     * Parses a pointer in the notation of RFC 6901.
     *
     * @throws IllegalArgumentException if the text is not empty and does not begin with {@code /}, or contains a {@code
     *     ~} that is not followed by {@code 0} or {@code 1}
     */
    public static Pointer parse(String text) {
        if (text.isEmpty()) {
            return ROOT;
        }
        if (text.charAt(0) != '/') {
            throw new IllegalArgumentException(
                    "a JSON Pointer must be empty or begin with '/', was '" + Excerpt.of(text) + "'");
        }
        Pointer pointer = ROOT;
        int start = 1;
        while (start <= text.length()) {
            int end = text.indexOf('/', start);
            if (end < 0) {
                end = text.length();
            }
            pointer = pointer.child(unescape(text.substring(start, end), text));
            start = end + 1;
        }
        return pointer;
    }

    /** Returns the pointer with the given steps: unescaped keys and indices. */
    public static Pointer of(String... tokens) {
        Pointer pointer = ROOT;
        for (String token : tokens) {
            pointer = pointer.child(token);
        }
        return pointer;
    }

    /** Returns the path of a member of the object at this path. */
    public Pointer child(String key) {
        requireNonNull(key, "key");
        return new Pointer(this, key, depth + 1);
    }

    /** Returns the path of an element of the array at this path. */
    public Pointer child(int index) {
        if (index < 0) {
            throw new IllegalArgumentException("an index must be at least 0, was " + index);
        }
        return child(Integer.toString(index));
    }

    /** Returns the path without its last step, or null for {@link #ROOT}. */
    public @Nullable Pointer parent() {
        return parent;
    }

    /** Returns whether this is the path of the whole state. */
    public boolean isRoot() {
        return parent == null;
    }

    /** Returns the last step, unescaped; empty for {@link #ROOT}. */
    public String token() {
        return token;
    }

    /** Returns the number of steps. */
    public int depth() {
        return depth;
    }

    /** Returns all steps, from the root, unescaped. */
    public List<String> tokens() {
        String[] tokens = new String[depth];
        for (Pointer p = this; p.parent != null; p = p.parent) {
            tokens[p.depth - 1] = p.token;
        }
        return List.of(tokens);
    }

    /** Returns whether the other path is equal to this one or below it. */
    public boolean contains(Pointer other) {
        Pointer p = other;
        while (p.depth > depth && p.parent != null) {
            p = p.parent;
        }
        return equals(p);
    }

    /**
     * Returns the last step as an array index, or -1 if it is not a valid index: RFC 6901 allows only digits without
     * leading zeros.
     */
    public int index() {
        int length = token.length();
        if (parent == null || length == 0 || length > 10 || (length > 1 && token.charAt(0) == '0')) {
            return -1;
        }
        long index = 0;
        for (int i = 0; i < length; i++) {
            char c = token.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            index = index * 10 + (c - '0');
        }
        return index > Integer.MAX_VALUE ? -1 : (int) index;
    }

    /** Returns the value at this path in a state, or null if the path does not exist; a JSON null is a value. */
    public @Nullable JsonNode in(JsonNode state) {
        Pointer[] steps = new Pointer[depth];
        for (Pointer p = this; p.parent != null; p = p.parent) {
            steps[p.depth - 1] = p;
        }
        JsonNode node = state;
        for (Pointer step : steps) {
            JsonNode child = null;
            if (node instanceof ObjectNode object) {
                child = object.get(step.token);
            } else if (node instanceof ArrayNode array) {
                int index = step.index();
                child = index < 0 ? null : array.get(index);
            }
            if (child == null) {
                return null;
            }
            node = child;
        }
        return node;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Pointer that) || that.depth != depth) {
            return false;
        }
        Pointer a = this;
        Pointer b = that;
        while (a != b && a.parent != null && b.parent != null) {
            if (!a.token.equals(b.token)) {
                return false;
            }
            a = a.parent;
            b = b.parent;
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = depth;
        for (Pointer p = this; p.parent != null; p = p.parent) {
            hash = 31 * hash + p.token.hashCode();
        }
        return hash;
    }

    /** Returns the pointer in the notation of RFC 6901. */
    @Override
    public String toString() {
        String[] tokens = new String[depth];
        int length = depth;
        for (Pointer p = this; p.parent != null; p = p.parent) {
            tokens[p.depth - 1] = p.token;
            length += p.token.length();
        }
        StringBuilder text = new StringBuilder(length + 8);
        for (String each : tokens) {
            escape(each, text.append('/'));
        }
        return text.toString();
    }

    /** Returns the pointer for messages; a long one is shortened in the middle. */
    public String brief() {
        return Excerpt.of(toString());
    }

    private static void escape(String token, StringBuilder to) {
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            switch (c) {
                case '~' -> to.append("~0");
                case '/' -> to.append("~1");
                default -> to.append(c);
            }
        }
    }

    private static String unescape(String token, String text) {
        if (token.indexOf('~') < 0) {
            return token;
        }
        StringBuilder plain = new StringBuilder(token.length());
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            if (c == '~') {
                i++;
                char escaped = i < token.length() ? token.charAt(i) : ' ';
                if (escaped != '0' && escaped != '1') {
                    throw new IllegalArgumentException(
                            "in a JSON Pointer '~' must be followed by '0' or '1', was '" + Excerpt.of(text) + "'");
                }
                c = escaped == '0' ? '~' : '/';
            }
            plain.append(c);
        }
        return plain.toString();
    }
}
