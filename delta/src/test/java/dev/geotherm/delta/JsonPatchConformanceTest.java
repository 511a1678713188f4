package dev.geotherm.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The public test suite of RFC 6902, found through {@code -Dgeotherm.conformance}. */
class JsonPatchConformanceTest {
    private static final String FOLDER = System.getProperty("geotherm.conformance", "");

    @TestFactory
    List<DynamicTest> tests() throws IOException {
        return run("tests.json", 92);
    }

    @TestFactory
    List<DynamicTest> examplesOfTheRfc() throws IOException {
        return run("spec_tests.json", 16);
    }

    private static List<DynamicTest> run(String file, int expected) throws IOException {
        assumeTrue(!FOLDER.isEmpty(), "no -Dgeotherm.conformance=DIR, so the suite of RFC 6902 is not run");
        List<DynamicTest> tests = new ArrayList<>();
        JsonNode records = new ObjectMapper()
                .readTree(Path.of(FOLDER, "json-patch-tests", file).toFile());
        for (JsonNode one : records) {
            if (one.has("patch") && !one.path("disabled").asBoolean()) {
                String name = one.path("comment")
                        .asText(one.path("error").asText(one.get("patch").toString()));
                tests.add(dynamicTest(name, () -> check(one)));
            }
        }
        assertThat(tests).hasSize(expected);
        return tests;
    }

    private static void check(JsonNode one) {
        JsonNode doc = one.get("doc");
        JsonNode untouched = doc.deepCopy();
        if (one.has("error")) {
            assertThatThrownBy(() -> StateDelta.ofJsonPatch(one.get("patch"), doc))
                    .isInstanceOf(DeltaException.class);
        } else {
            StateDelta delta = StateDelta.ofJsonPatch(one.get("patch"), doc);
            JsonNode after = delta.applyTo(doc);
            if (one.has("expected")) {
                assertThat(after).isEqualTo(one.get("expected"));
            }
            assertThat(delta.invert().applyTo(after)).isEqualTo(doc);
            assertThat(StateDelta.ofJsonPatch(delta.toJsonPatch(), doc).applyTo(doc))
                    .isEqualTo(after);
        }
        assertThat(doc).isEqualTo(untouched);
    }
}
