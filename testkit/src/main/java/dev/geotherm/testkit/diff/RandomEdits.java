package dev.geotherm.testkit.diff;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.api.diff.StateEditor;
import dev.geotherm.delta.Pointer;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A generator of random valid edits, including undone moves and moves of values out of their containers. */
final class RandomEdits {
    private RandomEdits() {}

    static void make(StateEditor editor, Random random, int count) {
        for (int i = 0; i < count; i++) {
            Pointer path = somewhere(editor, random);
            JsonNode value = editor.get(path);
            boolean container = value != null && value.isContainerNode();
            if (!path.isRoot() && (!container || random.nextInt(8) == 0)) {
                whole(editor, random, path);
            } else if (value != null && value.isObject()) {
                editor.set(path.child("k" + random.nextInt(4)), RandomStates.state(random));
            } else if (value != null && value.isArray()) {
                within(editor, random, path, value.size());
            }
        }
    }

    private static void within(StateEditor editor, Random random, Pointer array, int size) {
        Pointer from = array.child(random.nextInt(Math.max(1, size)));
        Pointer to = array.child(random.nextInt(Math.max(1, size)));
        switch (size < 2 ? 3 : random.nextInt(5)) {
            case 0 -> editor.move(from, to);
            case 1 -> editor.move(from, to).move(to, from);
            default -> editor.insert(array.child(random.nextInt(size + 1)), RandomStates.state(random));
        }
    }

    private static void whole(StateEditor editor, Random random, Pointer path) {
        Pointer target = Pointer.ROOT.child("moved" + random.nextInt(3));
        JsonNode root = editor.get(Pointer.ROOT);
        boolean movable = root != null && root.isObject();
        switch (random.nextInt(path.depth() > 1 ? 4 : 3)) {
            case 3 -> editor.move(path, requireNonNull(path.parent()));
            case 0 -> editor.set(path, value(random, editor.get(path)));
            case 1 -> editor.remove(path);
            default -> {
                if (movable) {
                    editor.move(path, target.contains(path) ? path : target);
                }
            }
        }
    }

    /** Returns a new value; some are long texts, or edits of the old text. */
    private static JsonNode value(Random random, @Nullable JsonNode old) {
        boolean text = old != null && old.isTextual() && old.textValue().length() > 20;
        if (!text && random.nextInt(3) != 0) {
            return RandomStates.state(random);
        }
        StringBuilder edited = new StringBuilder(text ? requireNonNull(old).textValue() : "long text ".repeat(6));
        int start = random.nextInt(edited.length());
        edited.replace(start, Math.min(edited.length(), start + random.nextInt(4)), "+".repeat(random.nextInt(4)));
        return TextNode.valueOf(edited.toString());
    }

    private static Pointer somewhere(StateEditor editor, Random random) {
        Pointer path = Pointer.ROOT;
        JsonNode value = editor.get(path);
        while (value != null && value.size() > 0 && random.nextInt(4) != 0) {
            int index = random.nextInt(value.size());
            if (value.isArray()) {
                path = path.child(index);
            } else {
                Map.Entry<String, JsonNode> member =
                        value.properties().stream().skip(index).findFirst().orElseThrow();
                path = path.child(member.getKey());
            }
            value = editor.get(path);
        }
        return path;
    }
}
