package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.diff.codec.DeltaFormat;
import dev.geotherm.diff.codec.StateText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever {@code diff} writes, {@code patch} recognises it, or both name the option that it needs. */
class PatchRecognitionTest {
    /** Documents that are, as merge patches, like other formats or like none. */
    private static final List<String> CONFUSING = List.of(
            "{}",
            "[]",
            "5",
            "[1,2]",
            "[{\"op\":\"remove\",\"path\":\"/0\"}]",
            "[{\"kind\":\"removed\",\"path\":\"/0\"}]",
            "{\"op\":\"replace\",\"path\":\"/a\",\"value\":1}");

    @TempDir
    Path scratch;

    private InProcess command;

    @BeforeEach
    void prepare() {
        command = new InProcess(scratch);
    }

    @Test
    void patch_neverTakesAMergePatchForAnotherFormat() throws IOException {
        for (String before : CONFUSING) {
            for (String after : CONFUSING) {
                check(before, after, DeltaFormat.MERGE_PATCH);
            }
        }
    }

    @Test
    void patch_recognisesEveryFormat() throws IOException {
        check(5);
    }

    @Test
    @Tag("full")
    void patch_recognisesEveryFormatOfManyDocuments() throws IOException {
        check(1_000);
    }

    private void check(int rounds) throws IOException {
        long seed = Long.getLong("geotherm.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < rounds; round++) {
            String before = StateText.format(value(random, 0));
            String after = StateText.format(value(random, 0));
            for (DeltaFormat format : DeltaFormat.values()) {
                check(before, after, format);
            }
        }
    }

    private static JsonNode value(Random random, int depth) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        switch (random.nextInt(depth > 2 ? 3 : 6)) {
            case 0:
                return json.numberNode(random.nextInt(3));
            case 1:
                return json.textNode(List.of("", "remove", "/a", "added").get(random.nextInt(4)));
            case 2:
                return depth == 0 || random.nextInt(4) > 0 ? json.booleanNode(random.nextBoolean()) : json.nullNode();
            case 3:
                ArrayNode array = json.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(value(random, depth + 1));
                }
                return array;
            default:
                ObjectNode object = json.objectNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    object.set(
                            List.of("op", "path", "kind", "value", "a").get(random.nextInt(5)),
                            value(random, depth + 1));
                }
                return object;
        }
    }

    private void check(String before, String after, DeltaFormat format) throws IOException {
        String pair = before + " to " + after + " as " + format.id();
        Path a = Files.writeString(scratch.resolve("a.json"), before);
        Path b = Files.writeString(scratch.resolve("b.json"), after);
        Path delta = scratch.resolve("delta");
        Files.deleteIfExists(delta);
        Ended diffed =
                command.run("diff", a.toString(), b.toString(), "--format", format.id(), "--out", delta.toString());
        if (diffed.code() != 0) {
            assertThat(diffed.err())
                    .as(pair)
                    .containsAnyOf("--format delta or json-patch", "cannot set a member to null");
            assertThat(delta).doesNotExist();
            return;
        }
        Ended patched = command.run("patch", a.toString(), delta.toString());
        if (patched.code() != 0) {
            assertThat(diffed.err()).as(pair).contains("--format merge-patch").hasLineCount(1);
            assertThat(patched.err()).as(pair).contains("merge-patch", "with --format");
            patched = command.run("patch", a.toString(), delta.toString(), "--format", format.id());
        } else {
            assertThat(diffed.err()).as(pair).isEmpty();
        }
        assertThat(StateText.parse(patched.succeeds().out())).as(pair).isEqualTo(StateText.parse(after));
    }
}
