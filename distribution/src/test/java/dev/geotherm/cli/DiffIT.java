package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.flipkart.zjsonpatch.JsonPatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deltas created and applied by the command, as in a shell. */
class DiffIT {
    private static final String BEFORE = """
            {"name":"springs","big":123456789012345678901234567890,"rate":1.10,"none":null,
             "items":[{"id":1,"v":"a"},{"id":2,"v":"b"},{"id":3,"v":"c"}],"at":{"seen":1}}
            """;
    private static final String AFTER = """
            {"name":"warm \u6e29\u6cc9","big":123456789012345678901234567891,"rate":1.1,"none":null,
             "items":[{"id":3,"v":"c"},{"id":1,"v":"a"},{"id":2,"v":"B"}],"at":{"seen":2},"new":[]}
            """;

    @TempDir
    Path scratch;

    private Distribution distribution;
    private Path before;
    private Path after;

    @BeforeEach
    void prepare() throws IOException {
        distribution = new Distribution(scratch);
        before = Files.writeString(scratch.resolve("before.json"), BEFORE);
        after = Files.writeString(scratch.resolve("after.json"), AFTER);
    }

    private static JsonNode json(String text) throws IOException {
        return Json.MAPPER.readTree(text);
    }

    @Test
    void patch_everyFormatProducesTheLaterState() throws Exception {
        for (String format : List.of("delta", "json-patch", "merge-patch", "binary")) {
            Path delta = scratch.resolve("delta." + format);
            distribution
                    .run("diff", before.toString(), after.toString(), "--format", format, "--out", delta.toString())
                    .succeeds();
            Distribution.Ended patched = distribution
                    .run("patch", before.toString(), delta.toString())
                    .succeeds();
            assertThat(patched.err()).isEmpty();
            Path result = Files.writeString(scratch.resolve("result.json"), patched.out());
            assertThat(distribution
                            .run("diff", result.toString(), after.toString(), "--exit-code")
                            .succeeds()
                            .out())
                    .as(format)
                    .isEqualTo("[]\n");
            assertThat(patched.out()).contains("123456789012345678901234567891").contains("\u6e29\u6cc9");
        }
    }

    @Test
    void diff_jsonPatchIsAppliedByAnotherLibrary() throws Exception {
        String patch = distribution
                .run("diff", before.toString(), after.toString(), "--format", "json-patch")
                .succeeds()
                .out();
        assertThat(JsonPatch.apply(json(patch), json(BEFORE))).isEqualTo(json(AFTER));
    }

    @Test
    void diff_readsPipes() throws Exception {
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "\"$0\" diff - \"$2\" < \"$1\" | \"$0\" patch \"$1\" - --out \"$1\"",
                        distribution.home().resolve("bin/geotherm").toString(),
                        before.toString(),
                        after.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        assertThat(distribution
                        .run("diff", before.toString(), after.toString(), "--exit-code")
                        .succeeds()
                        .out())
                .isEqualTo("[]\n");
    }

    @Test
    void patch_readsADeltaFromANamedPipe() throws Exception {
        Path delta = scratch.resolve("delta.json");
        distribution
                .run("diff", before.toString(), after.toString(), "--out", delta.toString())
                .succeeds();
        Path pipe = scratch.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Distribution.Running patching = distribution.start("patch", before.toString(), pipe.toString());
        Files.write(pipe, Files.readAllBytes(delta), StandardOpenOption.WRITE);
        assertThat(patching.await().succeeds().out())
                .isEqualTo(distribution
                        .run("patch", before.toString(), delta.toString())
                        .succeeds()
                        .out());
    }

    @Test
    void out_keepsALink() throws Exception {
        Path delta = Files.writeString(
                scratch.resolve("patch.json"), "[{\"op\":\"add\",\"path\":\"/patched\",\"value\":true}]");
        Path link = Files.createSymbolicLink(scratch.resolve("link.json"), Path.of("before.json"));
        Files.setPosixFilePermissions(before, PosixFilePermissions.fromString("rw-------"));
        distribution
                .run("patch", link.toString(), delta.toString(), "--out", link.toString())
                .succeeds();
        assertThat(link).isSymbolicLink();
        assertThat(before).content().contains("\"patched\":true");
        assertThat(Files.getPosixFilePermissions(before)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void out_writesToAPipe() throws Exception {
        Path pipe = scratch.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Distribution.Running comparing =
                distribution.start("diff", before.toString(), before.toString(), "--out", pipe.toString());
        Process reading = new ProcessBuilder("cat", pipe.toString()).start();
        assertThat(comparing.await().succeeds().out()).isEmpty();
        assertThat(reading.inputReader().readLine()).isEqualTo("[]");
        assertThat(reading.waitFor()).isZero();
        assertThat(Files.isRegularFile(pipe)).isFalse();
    }

    @Test
    void summary_isReadableAndAvailableAsJson() throws Exception {
        String text = distribution
                .run("diff", before.toString(), after.toString(), "--format", "summary")
                .succeeds()
                .out();
        assertThat(text)
                .contains("changes", "bytes encoded", "+ /new  []", "~ /at/seen  1 -> 2")
                .doesNotContain("\u001b");
        JsonNode summary = json(distribution
                .run("diff", before.toString(), after.toString(), "--json")
                .succeeds()
                .out());
        assertThat(summary.path("changes").asInt())
                .isEqualTo(summary.path("paths").size())
                .isGreaterThan(3);
        assertThat(summary.at("/counts/added").asInt()).isPositive();
    }

    @Test
    void summary_usesColoursOnATerminalUnlessDisabled() throws Exception {
        distribution.with("GEOTHERM_OPTS", "-Dgeotherm.terminal.out=true").with("TERM", "xterm");
        String styled = distribution
                .without("NO_COLOR")
                .run("diff", before.toString(), after.toString())
                .succeeds()
                .out();
        assertThat(styled).contains("\u001b[32m+ /new\u001b[0m");
        String plain = distribution
                .with("NO_COLOR", "1")
                .run("diff", before.toString(), after.toString())
                .succeeds()
                .out();
        assertThat(plain).contains("+ /new").doesNotContain("\u001b");
        assertThat(distribution
                        .run("diff", before.toString(), after.toString(), "--format", "binary")
                        .fails(2)
                        .err())
                .contains("--out");
    }

    @Test
    void exitCode_signalsADifferenceOnRequest() throws Exception {
        distribution
                .run("diff", before.toString(), after.toString(), "--exit-code")
                .fails(4);
        distribution
                .run("diff", before.toString(), before.toString(), "--exit-code")
                .succeeds();
        assertThat(distribution.run("diff", "--help").succeeds().out())
                .contains("4", "--exit-code", "something differs");
    }

    @Test
    void ignore_excludesPaths() throws Exception {
        Path other = Files.writeString(scratch.resolve("other.json"), BEFORE.replace("\"seen\":1", "\"seen\":9"));
        distribution
                .run("diff", before.toString(), other.toString(), "--ignore", "/**/seen", "--exit-code")
                .succeeds();
        assertThat(distribution
                        .run("diff", before.toString(), other.toString(), "--ignore", "seen")
                        .fails(2)
                        .err())
                .contains("--ignore", "'seen'");
    }

    @Test
    void key_identifiesElements() throws Exception {
        Path one = Files.writeString(
                scratch.resolve("one.json"),
                "[{\"code\":\"x\",\"v\":1},{\"code\":\"y\",\"v\":2},{\"code\":\"z\",\"v\":3}]");
        Path two = Files.writeString(
                scratch.resolve("two.json"),
                "[{\"code\":\"z\",\"v\":3},{\"code\":\"x\",\"v\":1},{\"code\":\"y\",\"v\":9}]");
        JsonNode patch = json(distribution
                .run("diff", one.toString(), two.toString(), "--format", "json-patch", "--key", "=code")
                .succeeds()
                .out());
        assertThat(patch).hasSize(2);
        assertThat(JsonPatch.apply(patch, json(Files.readString(one)))).isEqualTo(json(Files.readString(two)));
        assertThat(distribution
                        .run("diff", one.toString(), two.toString(), "--key", "code")
                        .fails(2)
                        .err())
                .contains("--key", "'code'");
    }

    @Test
    void key_withoutEffectCausesAWarning() throws Exception {
        for (String key : List.of("/itms=v", "/items=nosuch")) {
            Distribution.Ended ended = distribution
                    .run("diff", before.toString(), after.toString(), "--format", "json-patch", "--key", key)
                    .succeeds();
            assertThat(ended.err()).startsWith("geotherm: --key " + key + ": ").hasLineCount(1);
            assertThat(JsonPatch.apply(json(ended.out()), json(BEFORE))).isEqualTo(json(AFTER));
        }
        assertThat(distribution
                        .run("diff", before.toString(), after.toString(), "--key", "/items=id")
                        .succeeds()
                        .err())
                .isEmpty();
    }

    @Test
    void diff_invalidJsonIsReportedWithItsPosition() throws Exception {
        Path bad = Files.writeString(scratch.resolve("bad.json"), "{\n  \"a\": 1,\n  \"b\": nul\n}\n");
        assertThat(distribution
                        .run("diff", bad.toString(), after.toString())
                        .fails(1)
                        .err())
                .startsWith("geotherm: " + bad + ":3:")
                .contains("nul");
        Path twice = Files.writeString(scratch.resolve("twice.json"), "{\"a\": 1, \"a\": 2}");
        assertThat(distribution
                        .run("diff", after.toString(), twice.toString())
                        .fails(1)
                        .err())
                .startsWith("geotherm: " + twice + ":1:")
                .contains("Duplicate field 'a'");
        Path far = Files.writeString(scratch.resolve("far.json"), "{\"n\":1e-999999999999}");
        assertThat(distribution
                        .run("diff", far.toString(), after.toString())
                        .fails(1)
                        .err())
                .startsWith("geotherm: " + far + ":1:6: ")
                .contains("1e-999999999999");
        Path empty = Files.writeString(scratch.resolve("empty.json"), "");
        assertThat(distribution
                        .run("diff", empty.toString(), after.toString())
                        .fails(1)
                        .err())
                .contains(empty.toString(), "no value");
        assertThat(distribution
                        .run("diff", "nowhere.json", after.toString())
                        .fails(1)
                        .err())
                .contains("cannot read nowhere.json");
        assertThat(distribution.run("diff", "-", "-").fails(2).err()).contains("stdin");
    }

    @Test
    void patch_deltaThatDoesNotApplyChangesNothing() throws Exception {
        Path delta = Files.writeString(
                scratch.resolve("patch.json"),
                "[{\"op\":\"replace\",\"path\":\"/name\",\"value\":1},{\"op\":\"remove\",\"path\":\"/nowhere\"}]");
        Path result = Files.writeString(scratch.resolve("result.json"), "as it was");
        assertThat(distribution
                        .run("patch", before.toString(), delta.toString(), "--out", result.toString())
                        .fails(1)
                        .err())
                .contains(delta.toString(), "operation 1", "/nowhere");
        assertThat(result).hasContent("as it was");
        try (var files = Files.list(scratch)) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".partial"));
        }
    }

    @Test
    void patch_inputThatIsNotADeltaIsRefused() throws Exception {
        Path delta = Files.writeString(scratch.resolve("delta"), "[1,2]");
        assertThat(distribution
                        .run("patch", before.toString(), delta.toString())
                        .fails(1)
                        .err())
                .contains(delta.toString(), "give one of delta, json-patch");
        assertThat(distribution
                        .run("patch", before.toString(), delta.toString(), "--format", "merge-patch")
                        .succeeds()
                        .out())
                .isEqualTo("[1,2]\n");
        Files.writeString(delta, "GTD damaged beyond repair");
        assertThat(distribution
                        .run("patch", before.toString(), delta.toString())
                        .fails(1)
                        .err())
                .contains(delta.toString(), "not a binary delta");
        distribution
                .run("patch", before.toString(), delta.toString(), "--format", "summary")
                .fails(2);
    }

    @Test
    void patch_binaryDeltaOfAnotherStateIsRefused() throws Exception {
        Path delta = scratch.resolve("delta.binary");
        distribution
                .run("diff", before.toString(), after.toString(), "--format", "binary", "--out", delta.toString())
                .succeeds();
        Path other = Files.writeString(scratch.resolve("other.json"), BEFORE.replace("1.10", "9.9"));
        Distribution.Ended refused =
                distribution.run("patch", other.toString(), delta.toString()).fails(1);
        assertThat(refused.err()).contains(delta.toString(), "another state", "the state that it was made from");
        assertThat(refused.out()).isEmpty();
    }

    @Test
    void messages_useTheTermsOfTheCommandLine() throws Exception {
        assertThat(distribution
                        .run("diff", before.toString(), after.toString(), "--format", "nope")
                        .fails(2)
                        .err())
                .contains("expected summary, delta, json-patch, merge-patch or binary, was 'nope'")
                .doesNotContain("SUMMARY");
        Path delta = Files.writeString(scratch.resolve("delta"), "[{\"kind\":\"added\",\"path\":\"/a");
        assertThat(distribution
                        .run("patch", before.toString(), delta.toString())
                        .fails(1)
                        .err())
                .contains(delta.toString(), "line 1, column")
                .doesNotContain("Source", "REDACTED");
        Files.writeString(delta, "[{\"op\":\"remove\",\"path\":\"\"}]");
        assertThat(distribution
                        .run("patch", before.toString(), delta.toString())
                        .fails(1)
                        .err())
                .contains("removes the whole document");
        Path nowhere = scratch.resolve("nowhere").resolve("x");
        assertThat(distribution
                        .run("diff", before.toString(), after.toString(), "--out", nowhere.toString())
                        .fails(1)
                        .err())
                .contains("cannot write " + nowhere + ": there is no folder " + nowhere.getParent());
        assertThat(distribution
                        .run("diff", "missing.json", after.toString())
                        .fails(1)
                        .err())
                .contains("cannot read missing.json: no such file or directory");
        Files.writeString(delta, "[{\"op\":\"remove\",\"path\":\"" + "/a".repeat(500_000) + "\"}]");
        assertThat(distribution
                        .run("patch", before.toString(), delta.toString())
                        .fails(1)
                        .err())
                .hasSizeLessThan(1_000)
                .contains("500000 steps, the limit is 10000");
    }

    @Test
    void mergePatch_namesNullsThatItCannotExpress() throws Exception {
        Path nothing = Files.writeString(scratch.resolve("null.json"), "{\"at\":{\"seen\":null}}");
        assertThat(distribution
                        .run("diff", before.toString(), nothing.toString(), "--format", "merge-patch")
                        .fails(1)
                        .err())
                .contains("'/at/seen'", "null");
    }

    @Test
    void completion_containsTheCommands() {
        assertThat(distribution.home().resolve("completion/geotherm"))
                .content()
                .contains("diff", "patch", "--exit-code", "merge-patch");
    }
}
