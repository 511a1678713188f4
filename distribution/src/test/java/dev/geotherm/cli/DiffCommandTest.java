package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.flipkart.zjsonpatch.JsonPatch;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Deltas created and applied by the command. */
@Timeout(120) // named pipes have two ends
class DiffCommandTest {
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

    private InProcess command;
    private Path before;
    private Path after;

    @BeforeEach
    void prepare() throws IOException {
        command = new InProcess(scratch);
        before = Files.writeString(scratch.resolve("before.json"), BEFORE);
        after = Files.writeString(scratch.resolve("after.json"), AFTER);
    }

    private static JsonNode json(String text) throws IOException {
        return Json.MAPPER.readTree(text);
    }

    @Test
    void aResultDoesNotReplaceADocumentOrADelta() throws Exception {
        byte[] document = Files.readAllBytes(after);
        Ended diff = command.run("diff", before.toString(), after.toString(), "--out", after.toString());
        assertThat(diff.code()).isEqualTo(2);
        assertThat(diff.err()).contains("--out and B are the same file, which would be replaced: " + after);
        assertThat(Files.readAllBytes(after)).isEqualTo(document);

        Path delta = scratch.resolve("a.delta");
        command.run("diff", before.toString(), after.toString(), "--out", delta.toString())
                .succeeds();
        byte[] written = Files.readAllBytes(delta);
        Path link = Files.createSymbolicLink(scratch.resolve("link"), delta);
        Ended patch = command.run("patch", before.toString(), delta.toString(), "--out", link.toString());
        assertThat(patch.code()).isEqualTo(2);
        assertThat(patch.err()).contains("--out and DELTA are the same file");
        assertThat(Files.readAllBytes(delta)).isEqualTo(written);
    }

    @Test
    void patch_everyFormatProducesTheLaterState() throws Exception {
        for (String format : List.of("delta", "json-patch", "merge-patch", "binary")) {
            Path delta = scratch.resolve("delta." + format);
            command.run("diff", before.toString(), after.toString(), "--format", format, "--out", delta.toString())
                    .succeeds();
            Ended patched =
                    command.run("patch", before.toString(), delta.toString()).succeeds();
            assertThat(patched.err()).isEmpty();
            Path result = Files.writeString(scratch.resolve("result.json"), patched.out());
            assertThat(command.run("diff", result.toString(), after.toString(), "--exit-code")
                            .succeeds()
                            .out())
                    .as(format)
                    .isEqualTo("[]\n");
            assertThat(patched.out()).contains("123456789012345678901234567891").contains("\u6e29\u6cc9");
        }
    }

    @Test
    void diff_jsonPatchIsAppliedByAnotherLibrary() throws Exception {
        String patch = command.run("diff", before.toString(), after.toString(), "--format", "json-patch")
                .succeeds()
                .out();
        assertThat(JsonPatch.apply(json(patch), json(BEFORE))).isEqualTo(json(AFTER));
    }

    @Test
    void patch_readsADeltaFromANamedPipe() throws Exception {
        Path delta = scratch.resolve("delta.json");
        command.run("diff", before.toString(), after.toString(), "--out", delta.toString())
                .succeeds();
        Path pipe = scratch.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        CompletableFuture<Ended> patching =
                CompletableFuture.supplyAsync(() -> command.run("patch", before.toString(), pipe.toString()));
        Files.write(pipe, Files.readAllBytes(delta), StandardOpenOption.WRITE);
        assertThat(patching.get().succeeds().out())
                .isEqualTo(command.run("patch", before.toString(), delta.toString())
                        .succeeds()
                        .out());
    }

    @Test
    void out_keepsALink() throws Exception {
        Path delta = Files.writeString(
                scratch.resolve("patch.json"), "[{\"op\":\"add\",\"path\":\"/patched\",\"value\":true}]");
        Path link = Files.createSymbolicLink(scratch.resolve("link.json"), Path.of("before.json"));
        Files.setPosixFilePermissions(before, PosixFilePermissions.fromString("rw-------"));
        command.run("patch", link.toString(), delta.toString(), "--out", link.toString())
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
        Process reading = new ProcessBuilder("cat", pipe.toString()).start();
        assertThat(command.run("diff", before.toString(), before.toString(), "--out", pipe.toString())
                        .succeeds()
                        .out())
                .isEmpty();
        assertThat(reading.inputReader().readLine()).isEqualTo("[]");
        assertThat(reading.waitFor()).isZero();
        assertThat(Files.isRegularFile(pipe)).isFalse();
    }

    @Test
    void summary_isReadableAndAvailableAsJson() throws Exception {
        String text = command.run("diff", before.toString(), after.toString(), "--format", "summary")
                .succeeds()
                .out();
        assertThat(text)
                .contains("changes", "bytes encoded", "+ /new  []", "~ /at/seen  1 -> 2")
                .doesNotContain("\u001b");
        JsonNode summary = json(command.run("diff", before.toString(), after.toString(), "--json")
                .succeeds()
                .out());
        assertThat(summary.path("changes").asInt())
                .isEqualTo(summary.path("paths").size())
                .isGreaterThan(3);
        assertThat(summary.at("/counts/added").asInt()).isPositive();
    }

    @Test
    void summary_usesColoursOnATerminalUnlessDisabled() {
        command.onTerminal().with("TERM", "xterm");
        String styled = command.run("diff", before.toString(), after.toString())
                .succeeds()
                .out();
        assertThat(styled).contains("\u001b[32m+ /new\u001b[0m");
        assertThat(command.run("diff", before.toString(), after.toString(), "--format", "binary")
                        .fails(2)
                        .err())
                .contains("--out");
        String plain = command.with("NO_COLOR", "1")
                .run("diff", before.toString(), after.toString())
                .succeeds()
                .out();
        assertThat(plain).contains("+ /new").doesNotContain("\u001b");
    }

    @Test
    void exitCode_signalsADifferenceOnRequest() throws Exception {
        command.run("diff", before.toString(), after.toString(), "--exit-code").fails(4);
        command.run("diff", before.toString(), before.toString(), "--exit-code").succeeds();
        assertThat(command.run("diff", "--help").succeeds().out()).contains("4", "--exit-code", "something differs");
    }

    @Test
    void ignore_excludesPaths() throws Exception {
        Path other = Files.writeString(scratch.resolve("other.json"), BEFORE.replace("\"seen\":1", "\"seen\":9"));
        command.run("diff", before.toString(), other.toString(), "--ignore", "/**/seen", "--exit-code")
                .succeeds();
        assertThat(command.run("diff", before.toString(), other.toString(), "--ignore", "seen")
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
        JsonNode patch =
                json(command.run("diff", one.toString(), two.toString(), "--format", "json-patch", "--key", "=code")
                        .succeeds()
                        .out());
        assertThat(patch).hasSize(2);
        assertThat(JsonPatch.apply(patch, json(Files.readString(one)))).isEqualTo(json(Files.readString(two)));
        assertThat(command.run("diff", one.toString(), two.toString(), "--key", "code")
                        .fails(2)
                        .err())
                .contains("--key", "'code'");
    }

    @Test
    void key_withoutEffectCausesAWarning() throws Exception {
        for (String key : List.of("/itms=v", "/items=nosuch")) {
            Ended ended = command.run(
                            "diff", before.toString(), after.toString(), "--format", "json-patch", "--key", key)
                    .succeeds();
            assertThat(ended.err()).startsWith("geotherm: --key " + key + ": ").hasLineCount(1);
            assertThat(JsonPatch.apply(json(ended.out()), json(BEFORE))).isEqualTo(json(AFTER));
        }
        assertThat(command.run("diff", before.toString(), after.toString(), "--key", "/items=id")
                        .succeeds()
                        .err())
                .isEmpty();
    }

    @Test
    void diff_invalidJsonIsReportedWithItsPosition() throws Exception {
        Path bad = Files.writeString(scratch.resolve("bad.json"), "{\n  \"a\": 1,\n  \"b\": nul\n}\n");
        assertThat(command.run("diff", bad.toString(), after.toString())
                        .fails(1)
                        .err())
                .startsWith("geotherm: " + bad + ":3:")
                .contains("nul");
        Path twice = Files.writeString(scratch.resolve("twice.json"), "{\"a\": 1, \"a\": 2}");
        assertThat(command.run("diff", after.toString(), twice.toString())
                        .fails(1)
                        .err())
                .startsWith("geotherm: " + twice + ":1:")
                .contains("member 'a' occurs twice in one object");
        Path far = Files.writeString(scratch.resolve("far.json"), "{\"n\":1e-999999999999}");
        assertThat(command.run("diff", far.toString(), after.toString())
                        .fails(1)
                        .err())
                .startsWith("geotherm: " + far + ":1:6: ")
                .contains("1e-999999999999");
        Path empty = Files.writeString(scratch.resolve("empty.json"), "");
        assertThat(command.run("diff", empty.toString(), after.toString())
                        .fails(1)
                        .err())
                .contains(empty.toString(), "no value");
        assertThat(command.run("diff", "nowhere.json", after.toString())
                        .fails(1)
                        .err())
                .contains("cannot read nowhere.json");
        assertThat(command.run("diff", "-", "-").fails(2).err()).contains("stdin");
    }

    @Test
    void patch_deltaThatDoesNotApplyChangesNothing() throws Exception {
        Path delta = Files.writeString(
                scratch.resolve("patch.json"),
                "[{\"op\":\"replace\",\"path\":\"/name\",\"value\":1},{\"op\":\"remove\",\"path\":\"/nowhere\"}]");
        Path result = Files.writeString(scratch.resolve("result.json"), "as it was");
        assertThat(command.run("patch", before.toString(), delta.toString(), "--out", result.toString())
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
        assertThat(command.run("patch", before.toString(), delta.toString())
                        .fails(1)
                        .err())
                .contains(delta.toString(), "give one of delta, json-patch");
        assertThat(command.run("patch", before.toString(), delta.toString(), "--format", "merge-patch")
                        .succeeds()
                        .out())
                .isEqualTo("[1,2]\n");
        Files.writeString(delta, "GTD damaged beyond repair");
        assertThat(command.run("patch", before.toString(), delta.toString())
                        .fails(1)
                        .err())
                .contains(delta.toString(), "not a binary delta");
        command.run("patch", before.toString(), delta.toString(), "--format", "summary")
                .fails(2);
    }

    @Test
    void patch_binaryDeltaOfAnotherStateIsRefused() throws Exception {
        Path delta = scratch.resolve("delta.binary");
        command.run("diff", before.toString(), after.toString(), "--format", "binary", "--out", delta.toString())
                .succeeds();
        Path other = Files.writeString(scratch.resolve("other.json"), BEFORE.replace("1.10", "9.9"));
        Ended refused = command.run("patch", other.toString(), delta.toString()).fails(1);
        assertThat(refused.err()).contains(delta.toString(), "another state", "the state that it was made from");
        assertThat(refused.out()).isEmpty();
    }

    @Test
    void messages_useTheTermsOfTheCommandLine() throws Exception {
        assertThat(command.run("diff", before.toString(), after.toString(), "--format", "nope")
                        .fails(2)
                        .err())
                .contains("expected summary, delta, json-patch, merge-patch or binary, was 'nope'")
                .doesNotContain("SUMMARY");
        Path delta = Files.writeString(scratch.resolve("delta"), "[{\"kind\":\"added\",\"path\":\"/a");
        assertThat(command.run("patch", before.toString(), delta.toString())
                        .fails(1)
                        .err())
                .contains(delta.toString(), "line 1, column")
                .doesNotContain("Source", "REDACTED");
        Files.writeString(delta, "[{\"op\":\"remove\",\"path\":\"\"}]");
        assertThat(command.run("patch", before.toString(), delta.toString())
                        .fails(1)
                        .err())
                .contains("removes the whole document");
        Path nowhere = scratch.resolve("nowhere").resolve("x");
        assertThat(command.run("diff", before.toString(), after.toString(), "--out", nowhere.toString())
                        .fails(1)
                        .err())
                .contains("cannot write " + nowhere + ": there is no folder " + nowhere.getParent());
        assertThat(command.run("diff", "missing.json", after.toString())
                        .fails(1)
                        .err())
                .contains("cannot read missing.json: no such file or directory");
        Files.writeString(delta, "[{\"op\":\"remove\",\"path\":\"" + "/a".repeat(500_000) + "\"}]");
        assertThat(command.run("patch", before.toString(), delta.toString())
                        .fails(1)
                        .err())
                .hasSizeLessThan(1_000)
                .contains("500000 steps, the limit is 10000");
    }

    @Test
    void mergePatch_namesNullsThatItCannotExpress() throws Exception {
        Path nothing = Files.writeString(scratch.resolve("null.json"), "{\"at\":{\"seen\":null}}");
        assertThat(command.run("diff", before.toString(), nothing.toString(), "--format", "merge-patch")
                        .fails(1)
                        .err())
                .contains("'/at/seen'", "null");
    }

    @Test
    void aResultThatCannotBeWrittenLeavesStdoutEmpty() throws Exception {
        Path delta =
                Files.writeString(scratch.resolve("delta"), "[{\"op\":\"add\",\"path\":\"/\\ud800\",\"value\":1}]");
        Ended ended = command.run("patch", before.toString(), delta.toString()).fails(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains(delta.toString(), "surrogate");
        Path pipe = scratch.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Path read = scratch.resolve("read");
        Process reading = new ProcessBuilder("cat", pipe.toString())
                .redirectOutput(read.toFile())
                .start();
        command.run("patch", before.toString(), delta.toString(), "--out", pipe.toString())
                .fails(1);
        reading.destroy(); // nobody opens the pipe for writing
        assertThat(reading.waitFor()).isNotZero();
        assertThat(read).isEmptyFile();
    }

    @Test
    void aNumberKeepsItsSignAndDigits() throws Exception {
        Path state = Files.writeString(scratch.resolve("state.json"), "{\"a\":-0,\"b\":1,\"c\":-0.00,\"d\":1.10}");
        Path delta = Files.writeString(scratch.resolve("delta"), "[{\"op\":\"replace\",\"path\":\"/b\",\"value\":2}]");
        assertThat(command.run("patch", state.toString(), delta.toString())
                        .succeeds()
                        .out())
                .isEqualTo("{\"a\":-0,\"b\":2,\"c\":-0.00,\"d\":1.10}\n");
        Path zero = Files.writeString(scratch.resolve("zero.json"), "{\"a\":0,\"b\":1,\"c\":-0.00,\"d\":1.10}");
        command.run("diff", state.toString(), zero.toString(), "--exit-code").fails(4);
    }

    @Test
    void bytesThatAreNoUtf8AreRefusedWithTheirPlace() throws Exception {
        Path bad = scratch.resolve("bad.json");
        Files.write(bad, new byte[] {'{', '\n', '"', 'a', '"', ':', '"', (byte) 0xC0, (byte) 0xAF, '"', '}'});
        assertThat(command.run("diff", bad.toString(), after.toString())
                        .fails(1)
                        .err())
                .startsWith("geotherm: " + bad + ":2:6: not UTF-8: the byte 0xC0 (an overlong form)");
        assertThat(command.run("patch", before.toString(), bad.toString())
                        .fails(1)
                        .err())
                .contains(bad.toString(), "line 2, column 6", "UTF-8");
    }

    @Test
    void anIgnoredMemberIdentifiesNothing() throws Exception {
        Path one = Files.writeString(
                scratch.resolve("one.json"), "{\"r\":[{\"id\":\"17\",\"cn\":\"a\"},{\"id\":\"18\",\"cn\":\"b\"}]}");
        Path two = Files.writeString(
                scratch.resolve("two.json"), "{\"r\":[{\"id\":\"19\",\"cn\":\"a\"},{\"id\":\"20\",\"cn\":\"b\"}]}");
        for (String pattern : List.of("/**/id", "/r/*/id")) {
            command.run("diff", one.toString(), two.toString(), "--ignore", pattern, "--exit-code")
                    .succeeds();
        }
        assertThat(command.run("diff", one.toString(), two.toString(), "--ignore", "/**/id", "--key", "/r=id")
                        .succeeds()
                        .err())
                .contains("--key /r=id", "ignored");
        Path swapped = Files.writeString(
                scratch.resolve("swapped.json"), "{\"r\":[{\"id\":\"19\",\"cn\":\"b\"},{\"id\":\"20\",\"cn\":\"a\"}]}");
        JsonNode patch = json(command.run("diff", one.toString(), swapped.toString(), "--ignore", "/**/id", "--json")
                .succeeds()
                .out());
        assertThat(patch.at("/counts").toString()).isEqualTo("{\"moved\":1}");
    }

    @Test
    void aMergePatchThatWouldBeReadAsSomethingElseIsRefused() throws Exception {
        Path array = Files.writeString(scratch.resolve("array.json"), "[1,2]");
        Path empty = Files.writeString(scratch.resolve("empty.json"), "[]");
        Path operations =
                Files.writeString(scratch.resolve("operations.json"), "[{\"op\":\"remove\",\"path\":\"/0\"}]");
        for (Path later : List.of(empty, operations)) {
            Ended refused = command.run("diff", array.toString(), later.toString(), "--format", "merge-patch")
                    .fails(1);
            assertThat(refused.out()).isEmpty();
            assertThat(refused.err()).contains("merge patch", "--format delta or json-patch");
        }
        Path single =
                Files.writeString(scratch.resolve("single"), "{\"op\":\"replace\",\"path\":\"/name\",\"value\":\"x\"}");
        assertThat(command.run("patch", before.toString(), single.toString())
                        .fails(1)
                        .err())
                .contains("one operation of a JSON Patch");
    }

    @Test
    void aPatchIsNotLargerThanTheDocument() throws Exception {
        StringBuilder one = new StringBuilder();
        StringBuilder two = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            one.append(i == 0 ? "{" : ",").append("\"m").append(i).append("\":").append(i);
            two.append(i == 0 ? "{" : ",").append("\"m").append(i).append("\":").append(-i - 1);
        }
        Path early = Files.writeString(scratch.resolve("early.json"), one + "}");
        Path late = Files.writeString(scratch.resolve("late.json"), two + "}");
        for (String format : List.of("json-patch", "merge-patch", "binary")) {
            Path delta = scratch.resolve("delta." + format);
            command.run("diff", early.toString(), late.toString(), "--format", format, "--out", delta.toString())
                    .succeeds();
            assertThat(Files.size(delta)).as(format).isLessThan(Files.size(late) + 60);
            assertThat(json(command.run("patch", early.toString(), delta.toString())
                            .succeeds()
                            .out()))
                    .isEqualTo(json(Files.readString(late)));
        }
    }

    @Test
    void recordsAreMatchedByAMemberThatNobodyNamed() throws Exception {
        StringBuilder one = new StringBuilder("{\"emoji\":[");
        StringBuilder two = new StringBuilder("{\"emoji\":[{\"hexcode\":\"NEW\",\"group\":0,\"version\":2}");
        for (int i = 0; i < 50; i++) {
            String record = "{\"hexcode\":\"1F" + i + "\",\"group\":" + i % 5 + ",\"version\":";
            one.append(i == 0 ? "" : ",").append(record).append("1}");
            two.append(",").append(record).append("2}");
        }
        Path early = Files.writeString(scratch.resolve("early.json"), one + "]}");
        Path late = Files.writeString(scratch.resolve("late.json"), two + "]}");
        assertThat(command.run("diff", early.toString(), late.toString(), "--format", "summary")
                        .succeeds()
                        .out())
                .contains(
                        "records of /emoji matched by `hexcode`",
                        "+ /emoji/0 (NEW)",
                        "~ /emoji/1/version (1F0)  1 -> 2");
    }

    @Test
    void aSummaryHintsAtAKeyThatSavesMuch() throws Exception {
        StringBuilder one = new StringBuilder("{\"records\":[");
        StringBuilder two = new StringBuilder("{\"records\":[");
        for (int i = 0; i < 40; i++) {
            String record = "{\"nr\":" + i + ",\"text\":\"" + ("text " + i + " ").repeat(40) + "\",\"version\":";
            one.append(i == 0 ? "" : ",").append(record).append("1}");
            two.append(i < 10 ? "" : i == 10 ? "" : ",").append(i < 10 ? "" : record + "2}");
        }
        Path early = Files.writeString(scratch.resolve("early.json"), one + "]}");
        Path late = Files.writeString(scratch.resolve("late.json"), two + "]}");
        for (String columns : List.of("40", "80")) {
            String summary = command.with("COLUMNS", columns)
                    .run("diff", early.toString(), late.toString(), "--format", "summary")
                    .succeeds()
                    .out();
            assertThat(summary).contains("--key /records=nr makes it 75 % smaller:");
            assertThat(summary.lines()).allMatch(line -> line.length() <= Integer.parseInt(columns));
        }
        JsonNode summary = json(command.run("diff", early.toString(), late.toString(), "--json")
                .succeeds()
                .out());
        assertThat(summary.at("/keyHint/key").textValue()).isEqualTo("/records=nr");
        assertThat(summary.at("/keyHint/deltaBytes").intValue())
                .isLessThan(summary.get("deltaBytes").intValue());
        assertThat(command.run("diff", early.toString(), late.toString(), "--format", "summary", "--key", "/records=nr")
                        .succeeds()
                        .out())
                .doesNotContain("--key");
    }

    @Test
    void recordsAreMatchedByTwoMembersTogether() throws Exception {
        StringBuilder one = new StringBuilder("{\"items\":[");
        StringBuilder two = new StringBuilder("{\"items\":[");
        for (int i = 0; i < 60; i++) {
            String item = "{\"metadata\":{\"namespace\":\"team-" + i / 10 + "\",\"name\":\"app-" + i % 10
                    + "\"},\"generation\":";
            one.append(i == 0 ? "" : ",").append(item).append("1}");
            two.append(i < 2 ? "" : ",").append(i == 0 ? "" : item + "2}");
        }
        Path early = Files.writeString(scratch.resolve("early.json"), one + "]}");
        Path late = Files.writeString(scratch.resolve("late.json"), two + "]}");
        for (String columns : List.of("40", "60", "80")) {
            String summary = command.with("COLUMNS", columns)
                    .run("diff", early.toString(), late.toString(), "--format", "summary")
                    .succeeds()
                    .out();
            assertThat(summary.lines()).allMatch(line -> line.length() <= Integer.parseInt(columns));
            assertThat(summary).contains("records of /items", "matched by `metadata.namespace", "metadata.name`");
        }
    }

    @Test
    void aSummaryShowsWhatDiffers() throws Exception {
        String text = "a long text about hot springs, in many words, ".repeat(20);
        Path one = Files.writeString(
                scratch.resolve("one.json"),
                "{\"text\":\"" + text + "ends with water\",\"features\":[{\"name\":\"Rome\",\"at\":[12.5,41.9]}],"
                        + "\"records\":[{\"id\":1,\"title\":\"first\",\"tags\":[1]},{\"id\":2,\"title\":\"second\"}]}");
        Path two = Files.writeString(
                scratch.resolve("two.json"),
                "{\"text\":\"" + text + "ends with steam\",\"features\":[{\"name\":\"Rome\",\"at\":[12.6,41.8]}],"
                        + "\"records\":[{\"id\":1,\"title\":\"first\",\"tags\":[]}]}");
        for (String columns : List.of("40", "50", "60", "80", "120", "200")) {
            String summary = command.with("COLUMNS", columns)
                    .run("diff", one.toString(), two.toString(), "--format", "summary")
                    .succeeds()
                    .out();
            assertThat(summary)
                    .contains("water\"", "steam\"", "(Rome)", "- /records/1 (2)", "second")
                    .doesNotContain("1 elements");
            assertThat(summary.lines()).allMatch(line -> line.length() <= Integer.parseInt(columns));
        }
        for (String columns : List.of("40", "120")) {
            assertThat(command.with("COLUMNS", columns)
                            .run("diff", one.toString(), two.toString(), "--format", "summary")
                            .succeeds()
                            .out())
                    .contains("[12.5,41.9] -> [12.6,41.8]");
        }
    }

    @Test
    void compressedDocumentsAndDeltasAreRead() throws Exception {
        Path gz = scratch.resolve("after.json.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gz))) {
            out.write(AFTER.getBytes(StandardCharsets.UTF_8));
        }
        Path zst = scratch.resolve("after.json.zst");
        Files.write(zst, Zstd.compress(AFTER.getBytes(StandardCharsets.UTF_8)));
        for (Path compressed : List.of(gz, zst)) {
            command.run("diff", after.toString(), compressed.toString(), "--exit-code")
                    .succeeds();
        }
        byte[] archive = Files.readAllBytes(gz);
        Files.write(gz, Arrays.copyOf(archive, 10_240)); // a block of a tape
        byte[] head = {0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4}; // as pzstd writes it
        Files.write(zst, head);
        Files.write(zst, Zstd.compress(AFTER.getBytes(StandardCharsets.UTF_8)), StandardOpenOption.APPEND);
        for (Path compressed : List.of(gz, zst)) {
            command.run("diff", after.toString(), compressed.toString(), "--exit-code")
                    .succeeds();
        }
        Files.write(gz, Arrays.copyOf(archive, 40));
        assertThat(command.run("diff", after.toString(), gz.toString()).fails(1).err())
                .contains("cannot read " + gz, "damaged or cut off");
    }

    @Test
    void aLaterMemberOfAnArchiveThatIsDamagedIsRefused() throws Exception {
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        for (String lines : List.of("1\n2\n", "3\n4\n")) {
            try (OutputStream out = new GZIPOutputStream(members)) {
                out.write(lines.getBytes(StandardCharsets.UTF_8));
            }
        }
        Path gz = Files.write(scratch.resolve("lines.gz"), members.toByteArray());
        command.run("diff", "--lines", gz.toString(), gz.toString()).succeeds();
        for (int mark : List.of(0, 1, 2)) { // the first bytes of the second member
            byte[] damaged = members.toByteArray();
            damaged[damaged.length / 2 + mark] ^= 0x40;
            Files.write(gz, damaged);
            assertThat(command.run("diff", "--lines", gz.toString(), gz.toString())
                            .fails(1)
                            .err())
                    .contains("cannot read " + gz, "damaged or cut off");
        }
    }

    @Test
    void whatIsNoJsonIsCalledWhatItIs() throws Exception {
        for (String[] each : new String[][] {
            {"<html></html>", "looks like XML or HTML"},
            {"apiVersion: v1\nkind: List\n", "looks like YAML"},
            {"PK\u0003\u0004", "zip archive"},
            {"{\"a\":NaN}", "JSON has no number NaN"},
            {"{\n// x\n}", "JSON has no comments"},
            {"{\"a\":1}\n{\"a\":2}\n", "--lines"}
        }) {
            Path file = Files.writeString(scratch.resolve("file"), each[0]);
            assertThat(command.run("diff", file.toString(), after.toString())
                            .fails(1)
                            .err())
                    .startsWith("geotherm: " + file + ":")
                    .contains(each[1])
                    .doesNotContain("Feature", "enable");
        }
    }

    @Test
    void linesAreComparedAndPatchedAsRecords() throws Exception {
        Path one = Files.writeString(scratch.resolve("one.ndjson"), "{\"id\":1,\"v\":1}\n{\"id\":2,\"v\":-0}\n");
        Path two = Files.writeString(scratch.resolve("two.ndjson"), "{\"id\":2,\"v\":-0}\n{\"id\":3,\"v\":3}\n");
        for (String format : List.of("delta", "json-patch", "binary")) {
            Path delta = scratch.resolve("delta");
            command.run(
                            "diff",
                            one.toString(),
                            two.toString(),
                            "--lines",
                            "--format",
                            format,
                            "--out",
                            delta.toString())
                    .succeeds();
            assertThat(command.run("patch", one.toString(), delta.toString(), "--lines")
                            .succeeds()
                            .out())
                    .isEqualTo(Files.readString(two));
        }
    }
}
