package dev.geotherm.diff.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.flipkart.zjsonpatch.JsonPatch;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.delta.JsonEquality;
import dev.geotherm.diff.TestSettings;
import dev.geotherm.diff.TreeDiffer;
import dev.geotherm.diff.TreeDifferSettings;
import dev.geotherm.testkit.RandomCases;
import dev.geotherm.testkit.diff.RandomStates;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Other libraries apply our JSON Patches correctly from text: zjsonpatch and, if Node is installed, fast-json-patch.
 *
 * <p>Real states come from the folders in {@code -Dgeotherm.pairs=DIR}, each with a {@code before.json} and an
 * {@code after.json}.
 */
class JsonPatchInteropTest {
    private static final int CASES = 300;
    private static final int MANY_CASES = 3_000;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    @TempDir
    private Path folder;

    private record Case(JsonNode before, JsonNode patch, JsonNode after) {
        /** Compares the states and parses everything again from text. */
        static Case of(JsonNode before, JsonNode after, int depthLimit) throws IOException {
            TreeDifferSettings settings = TestSettings.with("depthLimit", "" + depthLimit);
            try (TreeDiffer differ = new TreeDiffer(settings, ComponentContext.standalone("interop"))) {
                return new Case(again(before), again(differ.diff(before, after).toJsonPatch(before)), again(after));
            }
        }

        static Case random(Random random) throws IOException {
            JsonNode before = RandomStates.state(random);
            return of(before, RandomStates.variant(before, random), random.nextInt(3) == 0 ? random.nextInt(4) : 10);
        }

        static Case real(Path pair) throws IOException {
            return of(
                    MAPPER.readTree(pair.resolve("before.json").toFile()),
                    MAPPER.readTree(pair.resolve("after.json").toFile()),
                    10);
        }

        private static JsonNode again(JsonNode node) throws IOException {
            return MAPPER.readTree(MAPPER.writeValueAsBytes(node));
        }

        String toJson() throws IOException {
            return MAPPER.writeValueAsString(MAPPER.createObjectNode()
                    .<ObjectNode>set("before", before)
                    .<ObjectNode>set("patch", patch)
                    .set("after", after));
        }
    }

    @Test
    void zjsonpatch_appliesPatchesOfRandomStates() {
        RandomCases.run(CASES, random -> zjsonpatchApplies(Case.random(random)));
    }

    @Test
    @Tag("full")
    void zjsonpatch_appliesPatchesOfManyRandomStates() {
        RandomCases.run(MANY_CASES, random -> zjsonpatchApplies(Case.random(random)));
    }

    @Tag("full")
    @TestFactory
    Stream<DynamicTest> zjsonpatchAppliesThoseOfRealStates() throws IOException {
        return pairs().map(pair -> dynamicTest(name(pair), () -> zjsonpatchApplies(Case.real(pair))));
    }

    private static void zjsonpatchApplies(Case one) {
        JsonNode applied = JsonPatch.apply(one.patch(), one.before());
        assertThat(JsonEquality.same(applied, one.after()))
                .withFailMessage(() -> "zjsonpatch does not apply " + one)
                .isTrue();
    }

    @Test
    void fastJsonPatch_appliesPatchesOfRandomStates() throws Exception {
        fastJsonPatchAppliesThoseOfRandomStates(CASES);
    }

    @Test
    @Tag("full")
    void fastJsonPatch_appliesPatchesOfManyRandomStates() throws Exception {
        fastJsonPatchAppliesThoseOfRandomStates(MANY_CASES);
    }

    private void fastJsonPatchAppliesThoseOfRandomStates(int number) throws Exception {
        Path library = fastJsonPatch();
        Path cases = folder.resolve("cases.ndjson");
        try (BufferedWriter lines = Files.newBufferedWriter(cases)) {
            RandomCases.run(number, random -> lines.append(Case.random(random).toJson() + "\n"));
        }
        fastJsonPatchApplies(library, cases);
    }

    @Tag("full")
    @TestFactory
    Stream<DynamicTest> fastJsonPatchAppliesThoseOfRealStates() throws Exception {
        Stream<Path> pairs = pairs();
        Path library = fastJsonPatch();
        return pairs.map(pair -> dynamicTest(name(pair), () -> {
            Path cases = folder.resolve(name(pair) + ".ndjson");
            Files.writeString(cases, Case.real(pair).toJson());
            fastJsonPatchApplies(library, cases);
            Files.delete(cases);
        }));
    }

    private static void fastJsonPatchApplies(Path library, Path cases) throws Exception {
        Path script = cases.resolveSibling("apply.mjs");
        try (var resource = JsonPatchInteropTest.class.getResourceAsStream("/interop/apply.mjs")) {
            Files.write(script, resource.readAllBytes());
        }
        long count;
        try (Stream<String> lines = Files.lines(cases)) {
            count = lines.count();
        }
        NodePackages.Outcome run =
                NodePackages.run(cases.getParent(), "node", script.toString(), library.toString(), cases.toString());
        assertThat(run.output().strip()).isEqualTo("" + count);
        assertThat(run.exit()).isZero();
    }

    private static Path fastJsonPatch() throws Exception {
        NodePackages.fetch(
                "fast-deep-equal", "3.1.3", "b019a0980f27638dc3f85836b0e478f188e00d7a6e5852c0819fa86f56e47b8f");
        return NodePackages.fetch(
                        "fast-json-patch", "3.1.1", "928a1fc52f0ab766ab8406bf9798afebb5c4d24eb1bc8652c36a6850831e6dee")
                .resolve("index.js");
    }

    private static Stream<Path> pairs() throws IOException {
        String pairs = System.getProperty("geotherm.pairs", "");
        assumeTrue(!pairs.isEmpty(), "no -Dgeotherm.pairs=DIR, so real states are left out");
        return Files.list(Path.of(pairs))
                .filter(pair -> Files.exists(pair.resolve("after.json")))
                .sorted();
    }

    private static String name(Path pair) {
        return pair.getFileName().toString();
    }
}
