package dev.geotherm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.Settings;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.delta.Pointer;
import dev.geotherm.diff.TreeDiffer;
import dev.geotherm.diff.TreeDifferSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The content of a delta log, and the detection of every kind of damage. */
class ReplayCheckTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @TempDir
    Path folder;

    private StateDiffer differ;
    private Path deltas;
    private Path state;
    private DeltaTotals totals;

    @BeforeEach
    void writeLogAndState() throws IOException {
        differ = new TreeDiffer(Settings.defaults(TreeDifferSettings.class), ComponentContext.standalone("diff"));
        deltas = folder.resolve("deltas.jsonl");
        state = folder.resolve("state.json");
        ObjectNode initial = NODES.objectNode();
        initial.putObject("anchors");
        try (TrackedState tracked = differ.track(initial);
                DeltaLog log = new DeltaLog(log("log"), tracked::snapshot, 0)) {
            log.append(() -> tracked.edit(editor -> editor.set(
                    Pointer.parse("/anchors/a-1"),
                    NODES.objectNode()
                            .put("heat", 0.2)
                            .set("utterances", NODES.arrayNode().add("d#0")))));
            log.append(() -> tracked.edit(editor -> editor.set(Pointer.parse("/anchors/0"), NODES.textNode("§"))
                    .insert(Pointer.parse("/anchors/a-1/utterances/1"), NODES.textNode("d#1"))
                    .set(Pointer.parse("/anchors/a-1/heat"), NODES.numberNode(0.3))));
            log.append(() -> tracked.edit(editor -> {})); // no revision, no line
            log.append(() -> tracked.edit(editor -> editor.remove(Pointer.parse("/anchors/0"))));
            totals = log.save(deltas, state);
        }
    }

    private LineLog log(String name) {
        return new LineLog(folder.resolve(name), 0, DeltaLog.CONTENT);
    }

    @AfterEach
    void close() {
        differ.close();
    }

    @Test
    void check_acceptsSplicesAndDeltasWithoutOldValues() throws IOException {
        TreeDifferSettings settings =
                Settings.of(TreeDifferSettings.class, Map.of("spliceFrom", "1", "reversible", "false"));
        try (StateDiffer terse = new TreeDiffer(settings, ComponentContext.standalone("terse"));
                TrackedState tracked = terse.track(NODES.objectNode().put("text", "some words ".repeat(9)));
                DeltaLog log = new DeltaLog(log("terse"), tracked::snapshot, 0)) {
            for (String end : List.of("one", "two", "three")) {
                log.append(() -> tracked.edit(
                        editor -> editor.set(Pointer.parse("/text"), NODES.textNode("some words ".repeat(9) + end))));
            }
            log.append(() -> tracked.edit(editor -> editor.set(Pointer.parse("/n"), NODES.numberNode(7))));
            log.append(() -> tracked.edit(editor -> editor.remove(Pointer.parse("/n"))));
            assertThat(log.save(deltas, state).stateBytes()).isEqualTo(Files.size(state));
        }
        assertThat(check(5).revisions()).isEqualTo(5);
    }

    @Test
    void check_acceptsAnIntactLog() throws IOException {
        assertThat(check(3).revisions()).isEqualTo(3);
        assertThat(Files.readAllLines(deltas)).hasSize(4).first().asString().contains("\"base\":-1", "\"revision\":0");
    }

    @Test
    void deltas_totalsMatchTheFile() throws IOException {
        assertThat(totals.revisions()).isEqualTo(3);
        assertThat(totals.changes()).isEqualTo(5);
        long lines = Files.readAllLines(deltas).stream()
                .skip(1)
                .mapToLong(line -> line.getBytes(StandardCharsets.UTF_8).length + 1L)
                .sum();
        assertThat(totals.patchBytes()).isEqualTo(lines);
        // Exact but for the comma of a first or last member or element.
        assertThat(totals.stateBytes()).isBetween(Files.size(state) - 4, Files.size(state) + 4);
    }

    @Test
    void check_detectsAMissingLine() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(deltas));
        lines.remove(2);
        Files.write(deltas, lines);
        refused("deltas.jsonl:3");
    }

    @Test
    void check_detectsAChangedValue() throws IOException {
        Files.writeString(deltas, Files.readString(deltas).replace("0.3", "0.31"));
        refused("deltas.jsonl:3", "fingerprint");
    }

    @Test
    void check_detectsATruncatedLine() throws IOException {
        String text = Files.readString(deltas);
        Files.writeString(deltas, text.substring(0, text.length() - 9));
        refused("deltas.jsonl:4", "not valid JSON");
    }

    @Test
    void check_detectsAnotherState() throws IOException {
        ObjectNode other = (ObjectNode) Json.MAPPER.readTree(state.toFile());
        Files.writeString(state, other.put("more", 1).toString());
        refused("does not give", "state.json");
    }

    @Test
    void check_ignoresRevisionsAfterTheSave() throws IOException {
        try (TrackedState tracked = differ.track(NODES.objectNode());
                DeltaLog log = new DeltaLog(log("another"), tracked::snapshot, 0)) {
            log.append(() -> tracked.edit(editor -> editor.set(Pointer.parse("/a"), NODES.numberNode(1))));
            log.save(deltas, state);
            log.append(() -> tracked.edit(editor -> editor.set(Pointer.parse("/a"), NODES.numberNode(2))));
            log.save(deltas, folder.resolve("later.json"));
        }
        assertThat(check(1).revisions()).isEqualTo(1);
        assertThat(Files.readAllLines(deltas)).hasSize(3);
    }

    private StateCheck check(long revisions) {
        return ReplayCheck.check(differ, deltas, state, revisions, new AtomicLong());
    }

    private void refused(String... parts) {
        assertThatThrownBy(() -> check(3)).isInstanceOf(GeothermException.class).hasMessageContainingAll(parts);
    }
}
