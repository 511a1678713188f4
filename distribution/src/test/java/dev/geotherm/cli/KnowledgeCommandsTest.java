package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.engine.KnowledgeFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands over a knowledge folder, within this process. */
class KnowledgeCommandsTest {
    @TempDir
    Path scratch;

    private InProcess command;
    private Path docs;
    private String folder;

    @BeforeEach
    void write() throws Exception {
        command = new InProcess(scratch.resolve("home"));
        docs = Files.createDirectory(scratch.resolve("docs"));
        Files.writeString(docs.resolve("vent.txt"), "Steam rises from the vent of the old volcano in the valley.");
        Files.writeString(docs.resolve("lava.txt"), "Lava flows down the slope and cools to basalt.");
        folder = scratch.resolve("knowledge").toString();
    }

    private Ended run(int code, String... arguments) {
        Ended ended = command.run(arguments);
        assertThat(ended.code()).as(ended.err()).isEqualTo(code);
        return ended;
    }

    private JsonNode json(String... arguments) throws Exception {
        return Json.MAPPER.readTree(run(0, arguments).out());
    }

    @Test
    void ingest_bringsTheFolderUpToDate() throws Exception {
        assertThat(run(0, "ingest", docs.toString(), "--into", folder, "--dry-run")
                        .out())
                .contains("2 new, 0 changed, 0 removed, 0 unchanged", "2 texts");
        assertThat(json("ingest", docs.toString(), "--into", folder, "--json")
                        .path("added")
                        .asInt())
                .isEqualTo(2);
        Files.writeString(docs.resolve("lava.txt"), "Lava is hot.");
        Files.delete(docs.resolve("vent.txt"));
        assertThat(run(0, "ingest", docs.toString(), "--into", folder).out())
                .contains("0 new, 1 changed, 1 removed, 0 unchanged", "1 of them embedded");
        assertThat(run(0, "ingest", docs.toString(), "--into", folder).out()).contains("1 unchanged");
    }

    @Test
    void export_toAFullDiskNamesTheFileAndWhatToDo() {
        assumeThat(Path.of("/dev/full")).as("a device that is always full").exists();
        run(0, "ingest", docs.toString(), "--into", folder);
        assertThat(run(1, "export", folder, "--to", "/dev/full").err())
                .contains("geotherm: cannot export to /dev/full: No space left on device\n")
                .endsWith("  free some space on that disk, then run the same command again\n");
    }

    @Test
    void search_findsPassagesWithExplanation() throws Exception {
        run(0, "ingest", docs.toString(), "--into", folder);
        Ended found = run(0, "search", folder, "steam vent", "--mode", "fused", "--explain");
        assertThat(found.out()).contains("1  vent.txt", "Steam rises", "words: steam 0.", "anchor a-");
        assertThat(found.out().lines().filter(line -> line.matches(" +(lexical|similarity) +1 .*")))
                .as("aligned")
                .extracting(String::length)
                .hasSize(2)
                .containsOnly(found.out()
                        .lines()
                        .filter(line -> line.endsWith("adds"))
                        .findFirst()
                        .orElseThrow()
                        .length());
        JsonNode hits = json("search", folder, "basalt", "--mode", "lexical", "--limit", "1", "--json");
        assertThat(hits).hasSize(1);
        assertThat(hits.at("/0/document").asText()).isEqualTo("lava.txt");
        assertThat(hits.at("/0/source").asText()).isEqualTo(docs.toString());
        assertThat(run(2, "search", folder, "basalt", "--mode", "provenance").err())
                .contains("needs a document");
        assertThat(run(2, "search", folder, "basalt", "--limit", "0").err()).contains("--limit must be");
    }

    @Test
    void search_modesCombineByWeights() throws Exception {
        run(0, "ingest", docs.toString(), "--into", folder);
        JsonNode hit = json(
                        "search",
                        folder,
                        "steam vent",
                        "--mode",
                        "composite",
                        "--weights",
                        "lexical=3,time=1",
                        "--explain",
                        "--json")
                .path(0);
        assertThat(hit.path("document").asText()).isEqualTo("vent.txt");
        assertThat(hit.at("/explanation/lexical/rank").asInt()).isEqualTo(1);
        assertThat(hit.at("/explanation/lexical/weight").asDouble()).isEqualTo(0.75);
        assertThat(hit.at("/explanation/time/contribution").asDouble()).isBetween(0.0, 0.25);
        assertThat(hit.at("/explanation/words/0/word").asText()).isIn("steam", "vent");
        JsonNode near = json(
                "search",
                folder,
                "--mode",
                "neighbourhood",
                "--anchor",
                hit.path("anchor").asText(),
                "--json");
        assertThat(near.at("/0/document").asText()).isEqualTo("vent.txt");
        JsonNode own = json(
                "search",
                folder,
                "--mode",
                "provenance",
                "--document",
                "lava.txt",
                "--source",
                docs.toString(),
                "--json");
        assertThat(own.findValuesAsText("document")).containsOnly("lava.txt");
        assertThat(run(2, "search", folder, "steam", "--weights", "lexical").err())
                .contains("weights must be such as");
        assertThat(run(2, "search", folder, "steam", "--mode", "lexical", "--weights", "time=1")
                        .err())
                .contains("cannot have the weights");
    }

    @Test
    void search_inAFolderWithoutKnowledgeSaysHowToCreateIt() {
        assertThat(run(1, "search", folder, "basalt").err())
                .contains("holds no knowledge; 'geotherm ingest SOURCE --into " + folder);
        assertThat(Path.of(folder)).doesNotExist();
    }

    @Test
    void ingest_intoAFolderInUseIsRefused() throws Exception {
        run(0, "ingest", docs.toString(), "--into", folder);
        try (KnowledgeFolder taken = KnowledgeFolder.open(Path.of(folder))) {
            assertThat(taken.path()).exists();
            assertThat(run(1, "ingest", docs.toString(), "--into", folder).err())
                    .contains("writes to " + folder);
        }
    }

    @Test
    void anchors_areListedWithTheirChanges() throws Exception {
        run(0, "ingest", docs.toString(), "--into", folder);
        assertThat(json("anchors", folder, "--json")).hasSize(2);
        assertThat(run(0, "anchors", folder, "--clusters", "--similarity", "0").out())
                .contains("anchors");
        long revision = json("anchors", folder, "--since", "0", "--json")
                .path("revision")
                .asLong();
        Files.delete(docs.resolve("vent.txt"));
        run(0, "ingest", docs.toString(), "--into", folder);
        assertThat(run(0, "anchors", folder, "--since", String.valueOf(revision))
                        .out())
                .contains("removed", "0 changed, 1 removed");
        assertThat(run(2, "anchors", folder, "--since", "99999").err()).contains("there is no revision 99999");
    }

    @Test
    void forget_leavesNothing() throws Exception {
        Path other = Files.createDirectory(scratch.resolve("other"));
        Files.writeString(other.resolve("vent.txt"), "Zyxwvut is the name of the patient in this report.");
        run(0, "ingest", docs.toString(), "--into", folder);
        run(0, "ingest", other.toString(), "--into", folder);
        assertThat(run(2, "forget", folder, "--document", "vent.txt").err()).contains("several sources");
        assertThat(run(0, "forget", folder, "--source", other.toString()).out())
                .contains("forgot 1 documents with 1 passages", "no remains found in");
        assertThat(run(0, "search", folder, "patient", "--mode", "lexical").out())
                .isEmpty();
        assertThat(json("forget", folder, "--document", "lava.txt", "--json")
                        .path("documents")
                        .asInt())
                .isEqualTo(1);
        assertThat(run(0, "verify", folder).out()).contains("1 (0 incomplete)", "everything is consistent");
    }

    @Test
    void deadLetters_areListedReplayedAndPurged() throws Exception {
        run(0, "ingest", docs.toString(), "--into", folder);
        assertThat(run(0, "dead-letters", folder).out()).contains("no dead letters");
        writeDeadLetter("gone.txt");
        assertThat(run(0, "dead-letters", folder).out())
                .contains("document", "gone.txt", "2026-01-01T00:00:00Z", "no space for \\u001b[31m");
        assertThat(json("dead-letters", folder, "--json").at("/0/error").asText())
                .isEqualTo("no space for \u001b[31m");
        assertThat(run(2, "dead-letters", folder, "--replay", "--purge").err())
                .contains("--replay cannot be combined with --purge");
        assertThat(run(0, "dead-letters", folder, "--replay").out())
                .contains("ingested 0 chunks; 0 failed again, 1 were obsolete");
        writeDeadLetter("gone.txt");
        assertThat(json("dead-letters", folder, "--purge", "--json")
                        .path("purged")
                        .asInt())
                .isEqualTo(1);
        assertThat(json("dead-letters", folder, "--json")).isEmpty();
    }

    private void writeDeadLetter(String document) throws Exception {
        Files.writeString(
                Path.of(folder, "dead-letters.jsonl"),
                "{\"attempts\":3,\"error\":\"no space for \\u001b[31m\",\"at\":\"2026-01-01T00:00:00Z\",\"content\":\"x\","
                        + "\"metadata\":{\"source\":\"s\",\"document\":\"" + document
                        + "\",\"chunk\":\"0\",\"hash\":\"" + "0".repeat(31)
                        + "1\",\"ingested\":\"2026-01-01T00:00:00Z\"}}\n");
    }

    @Test
    void export_isImportedElsewhereAndCompactKeepsIt() throws Exception {
        run(0, "ingest", docs.toString(), "--into", folder);
        String file = scratch.resolve("export.jsonl").toString();
        String copy = scratch.resolve("copy").toString();
        assertThat(run(2, "export", folder, "--to", folder + "/state.json").err())
                .contains("--to must not be in FOLDER, because it could replace files there");
        assertThat(run(0, "export", folder, "--to", file).out()).contains("exported 2 documents");
        assertThat(run(0, "import", file, "--into", copy).out()).contains("imported 2 documents");
        assertThat(run(0, "compact", copy).out()).contains("before");
        assertThat(run(0, "ingest", docs.toString(), "--into", copy).out()).contains("2 unchanged");
        assertThat(json("verify", copy, "--json").path("problems")).isEmpty();
        assertThat(run(1, "import", docs.resolve("lava.txt").toString(), "--into", copy)
                        .err())
                .contains("lava.txt:1: is not valid JSON");
    }

    @Test
    void ingest_withOtherSettingsNamesThem() {
        run(0, "ingest", docs.toString(), "--into", folder);
        String[] changed = {"ingest", docs.toString(), "--into", folder, "--set", "embedding.dimension=64"};
        assertThat(run(1, changed).err())
                .contains("embedding was hashing 2, 256 numbers and is hashing 2, 64 numbers", "--rebuild");
        assertThat(command.run(
                                "ingest",
                                docs.toString(),
                                "--into",
                                folder,
                                "--set",
                                "embedding.dimension=64",
                                "--rebuild")
                        .out())
                .contains("2 new");
    }

    @Test
    void ingest_stdinIsASourceWithTheSameRules() throws Exception {
        String[] line = {"ingest", "-", "--source", "feed", "--into", folder};
        command.withStdin("{\"id\":\"1\",\"text\":\"Steam.\"}\n{\"id\":\"2\",\"text\":\"Lava.\"}\n");
        assertThat(run(0, line).out()).contains("source     feed", "2 new, 0 changed, 0 removed, 0 unchanged");
        assertThat(run(0, line).out()).contains("0 new, 0 changed, 0 removed, 2 unchanged");

        command.withStdin("{\"id\":\"1\",\"text\":\"Steam.\"}\n{\"id\":\"2\",\"text\":\"La");
        assertThat(run(1, line).err()).contains("feed:2: is not one whole JSON object");
        command.withStdin("");
        assertThat(run(1, line).err()).contains("feed: contains no document");

        command.withStdin("{\"id\":\"1\",\"text\":\"Hot steam.\"}\n");
        assertThat(run(0, line).out()).contains("0 new, 1 changed, 1 removed, 0 unchanged");
    }

    @Test
    void ingest_stdinAsTextIsOneDocument() throws Exception {
        command.withStdin("Steam rises.\nLava flows.\n");
        run(0, "ingest", "-", "--source", "notes", "--format", "text", "--into", folder);
        assertThat(json("search", folder, "lava", "--json").at("/0/document").asText())
                .isEqualTo("notes");
    }

    @Test
    void ingest_optionsThatDoNotFitAreRefused() {
        assertThat(run(2, "ingest", "-", "--into", folder).err()).contains("--source NAME is missing");
        assertThat(run(2, "ingest", docs.toString(), "--format", "text", "--into", folder)
                        .err())
                .contains("--format is for stdin");
        assertThat(run(2, "ingest", docs.toString(), "--watch", "--dry-run", "--into", folder)
                        .err())
                .contains("--watch cannot be combined with --dry-run");
        assertThat(run(2, "ingest", "-", "--source", "x", "--watch", "--into", folder)
                        .err())
                .contains("--watch cannot be combined with stdin");
        assertThat(run(1, "ingest", docs.resolve("lava.txt").toString(), "--watch", "--into", folder)
                        .err())
                .contains("only a folder can be watched");
    }
}
