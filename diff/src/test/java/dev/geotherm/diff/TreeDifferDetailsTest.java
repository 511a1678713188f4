package dev.geotherm.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.diff.StateEditor;
import dev.geotherm.api.diff.StateSnapshot;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.DeltaCategory;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.diff.codec.DeltaFormat;
import dev.geotherm.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The guarantees of {@code tree} beyond the contract. */
class TreeDifferDetailsTest {
    private final TreeDiffer differ = differ("cacheSize", "10");
    private final List<TreeDiffer> made = new ArrayList<>(List.of(differ));

    private TreeDiffer differ(String name, String value) {
        TreeDiffer created = new TreeDiffer(TestSettings.with(name, value), ComponentContext.standalone("details"));
        if (made != null) {
            made.add(created);
        }
        return created;
    }

    @AfterEach
    void close() {
        made.forEach(TreeDiffer::close);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    private static List<String> kinds(StateDelta delta) {
        return delta.changes().stream().map(c -> c.kind() + " " + c.path()).toList();
    }

    @Test
    void diff_comparesMembersOneByOne() {
        assertThat(kinds(differ.diff(
                        json("{'a':{'x':1,'y':2},'b':[1],'c':'t','d':1}"),
                        json("{'a':{'x':3,'y':2},'b':{},'c':'u','e':1}"))))
                .containsExactly("MODIFIED /a/x", "TYPE_CHANGED /b", "MODIFIED /c", "ADDED /e", "REMOVED /d");
    }

    @Test
    void diff_insertionDoesNotChangeLaterElements() {
        assertThat(kinds(differ.diff(json("[1,{'x':1},3]"), json("[0,1,{'x':1},3,4]"))))
                .containsExactly("ADDED /0", "ADDED /4");
        assertThat(kinds(differ.diff(json("['a',{'x':1},'b']"), json("['a',{'x':2},'b']"))))
                .containsExactly("MODIFIED /1/x");
    }

    @Test
    void diff_replacesANewArrayOfScalarsAsAWhole() {
        assertThat(kinds(differ.diff(json("[1,2,3,4,5,6,7,8,9]"), json("[9,1.5,0,0,0,0,0,0,0]"))))
                .containsExactly("ARRAY_MODIFIED ");
    }

    @Test
    void diff_belowTheDepthLimitReplacesWholeContainers() {
        TreeDiffer shallow = differ("depthLimit", "1");
        assertThat(kinds(shallow.diff(json("{'a':{'b':1,'c':1},'d':[1]}"), json("{'a':{'b':2,'c':1},'d':[]}"))))
                .containsExactly("OBJECT_MODIFIED /a", "ARRAY_RESIZED /d");
        assertThat(shallow.diff(json("{'a':{'b':1,'c':1}}"), json("{'a':{'b':2,'c':1}}"))
                        .changes()
                        .get(0)
                        .magnitude())
                .isEqualTo(0.5);
    }

    @Test
    void timestampFields_areIgnoredEverywhere() {
        TreeDiffer ignoring = differ("timestampFields", "at");
        JsonNode a = json("{'at':1,'x':[{'at':1}]}");
        JsonNode b = json("{'x':[{'at':2}]}");
        assertThat(ignoring.diff(a, b).isEmpty()).isTrue();
        assertThat(ignoring.fingerprint(a)).isEqualTo(ignoring.fingerprint(b));
    }

    @Test
    void track_ignoresNoPath() {
        TreeDiffer ignoring = differ("ignoredPaths", "/**");
        TrackedState state = ignoring.track(json("{'a':1}"));
        assertThat(state.commit(json("{'a':2}")).revision()).isEqualTo(1);
        assertThat(state.snapshot().fingerprint()).isEqualTo(differ.fingerprint(json("{'a':2}")));
    }

    @Test
    void diff_fromMissingStateIsOneAddition() {
        StateDelta delta = differ.diff(MissingNode.getInstance(), json("{'a':1}"));
        assertThat(kinds(delta)).containsExactly("ADDED ");
        assertThat(delta.applyTo(MissingNode.getInstance())).isEqualTo(json("{'a':1}"));
        assertThat(delta.invert().applyTo(json("{'a':1}")).isMissingNode()).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> differ.track(MissingNode.getInstance()));
    }

    @Test
    void summarize_categoryFollowsTheSumOfMagnitudes() {
        ObjectNode before = JsonNodeFactory.instance.objectNode();
        ObjectNode after = JsonNodeFactory.instance.objectNode();
        List<DeltaCategory> found = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            after.put("k" + i, i);
            found.add(differ.summarize(differ.diff(before, after)).category());
        }
        assertThat(found.get(0)).isEqualTo(DeltaCategory.MINIMAL);
        assertThat(found.get(1)).isEqualTo(DeltaCategory.MODERATE);
        assertThat(found.get(10)).isEqualTo(DeltaCategory.SIGNIFICANT);
        assertThat(found.get(100)).isEqualTo(DeltaCategory.MAJOR);
        assertThat(differ.summarize(differ.diff(json("{}"), json("[]"))).category())
                .isEqualTo(DeltaCategory.MAJOR);
    }

    @Test
    void summarize_categoryCountsValuesInsideContainers() {
        ObjectNode before = JsonNodeFactory.instance.objectNode().put("q", "what is hot?");
        ArrayNode docs = before.putArray("docs");
        ObjectNode others = before.deepCopy();
        ObjectNode turned = before.deepCopy();
        for (int i = 0; i < 1_000; i++) {
            docs.add("document " + i);
            others.withArray("docs").add("another " + i);
            turned.withArray("docs").insert(0, "document " + i);
        }
        ObjectNode bare = before.deepCopy();
        bare.remove("docs");
        assertThat(differ.summarize(differ.diff(before, others)).category()).isEqualTo(DeltaCategory.MAJOR);
        assertThat(differ.summarize(differ.diff(before, bare)).category()).isEqualTo(DeltaCategory.MAJOR);
        assertThat(differ.summarize(differ.diff(bare, before)).category()).isEqualTo(DeltaCategory.MAJOR);
        assertThat(differ.summarize(differ.diff(before, turned)).category())
                .isIn(DeltaCategory.SIGNIFICANT, DeltaCategory.MAJOR);
        ArrayNode swapped = docs.deepCopy();
        swapped.add(swapped.remove(0));
        assertThat(differ.summarize(differ.diff(docs, swapped)).category()).isEqualTo(DeltaCategory.MINIMAL);
    }

    @Test
    void codec_boundToTheStateNeedsNoBytesForOldValues() {
        ObjectNode before = JsonNodeFactory.instance.objectNode();
        ObjectNode after = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < 200; i++) {
            before.put("k" + i, i * 0.37);
            after.put("k" + i, i * 0.41);
        }
        int undone = bound(differ, before, after);
        assertThat(bound(differ("reversible", "false"), before, after)).isLessThanOrEqualTo(undone);
    }

    @Test
    void compression_canBeDisabled() {
        StateDelta delta =
                differ.diff(json("{}"), JsonNodeFactory.instance.objectNode().put("a", "x".repeat(10_000)));
        assertThat(differ("compression", "false").codec().encode(delta)).hasSizeGreaterThan(10_000);
        assertThat(differ.codec().encode(delta)).hasSizeLessThan(1_000);
    }

    private static int bound(TreeDiffer differ, JsonNode before, JsonNode after) {
        StateDelta delta = differ.diff(before, after);
        byte[] bytes = DeltaFormat.BINARY.codec().against(before).encode(delta);
        assertThat(DeltaFormat.BINARY.codec().against(before).decode(bytes)).isEqualTo(delta);
        return bytes.length;
    }

    @Test
    void thresholds_excludeSmallChangesFromTheCategory() {
        StateDelta delta = differ.diff(json("{'a':100}"), json("{'a':101}"));
        assertThat(differ.summarize(delta).category()).isEqualTo(DeltaCategory.MINIMAL);
        assertThat(differ("numberThreshold", "0.5").summarize(delta).category()).isEqualTo(DeltaCategory.NONE);
        StateDelta text = differ.diff(json("{'a':'abcdef'}"), json("{'a':'abcdeg'}"));
        assertThat(differ("stringThreshold", "0.5").summarize(text).category()).isEqualTo(DeltaCategory.NONE);
        String longer = "abcdefghij ".repeat(100);
        StateDelta splice = differ.diff(
                JsonNodeFactory.instance.objectNode().put("a", longer + "x"),
                JsonNodeFactory.instance.objectNode().put("a", longer + "y"));
        assertThat(kinds(splice)).allMatch(kind -> kind.startsWith("TEXT_SPLICED"));
        assertThat(differ.summarize(splice).category()).isEqualTo(DeltaCategory.MINIMAL);
        assertThat(differ("stringThreshold", "0.5").summarize(splice).category())
                .isEqualTo(DeltaCategory.NONE);
        StateDelta list = new StateDelta(
                List.of(Change.replaced(ChangeKind.ARRAY_MODIFIED, Pointer.of("a"), json("[1]"), json("[2]"), 0.2)));
        assertThat(differ("listThreshold", "0.5").summarize(list).category()).isEqualTo(DeltaCategory.NONE);
    }

    @Test
    void edit_copiesAWideStateOncePerSnapshot() {
        ObjectNode wide = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < 100_000; i++) {
            wide.put("k" + i, i);
        }
        TrackedState state = differ.track(wide);
        // With a copy of the state for each edit, this would take two billion steps.
        for (int i = 0; i < 20_000; i++) {
            int value = -1 - i;
            state.edit(editor -> editor.set(Pointer.of("k5"), IntNode.valueOf(value)));
        }
        StateSnapshot snapshot = state.snapshot();
        assertThat(snapshot).isSameAs(state.snapshot());
        assertThat(snapshot.fingerprint()).isEqualTo(differ.fingerprint(snapshot.toJson()));
        assertThat(state.revision()).isEqualTo(20_000);
    }

    @Test
    void history_isBoundedInBytes() {
        TrackedState state = differ("historyBytes", "1KiB").track(json("{}"));
        for (int i = 0; i < 100; i++) {
            int value = i;
            state.edit(editor -> editor.set(Pointer.of("k"), IntNode.valueOf(value)));
        }
        assertThat(state.since(0)).isInstanceOf(StateSnapshot.class);
        assertThat(state.since(99)).isNotInstanceOf(StateSnapshot.class);
    }

    @Test
    void history_isBoundedInAge() {
        SettableClock clock = new SettableClock();
        TreeDiffer forgetful = new TreeDiffer(
                TestSettings.with("historyAge", "1m"),
                ComponentContext.standalone("details").withClock(clock));
        made.add(forgetful);
        TrackedState state = forgetful.track(json("{}"));
        state.edit(editor -> editor.set(Pointer.of("k"), IntNode.valueOf(1)));
        clock.advance(Duration.ofSeconds(60));
        assertThat(state.since(0)).isNotInstanceOf(StateSnapshot.class);
        // Without commits nothing is pruned, but expired deltas must still not be returned.
        clock.advance(Duration.ofSeconds(1));
        assertThat(state.since(0)).isInstanceOf(StateSnapshot.class);
        state.edit(editor -> editor.set(Pointer.of("k"), IntNode.valueOf(2)));
        assertThat(state.since(0)).isInstanceOf(StateSnapshot.class);
        assertThat(state.since(1)).isNotInstanceOf(StateSnapshot.class);
    }

    @Test
    void editor_isValidOnlyDuringItsCall() {
        TrackedState state = differ.track(json("{}"));
        List<StateEditor> kept = new ArrayList<>();
        state.edit(kept::add);
        assertThatIllegalStateException().isThrownBy(() -> kept.get(0).set(Pointer.of("a"), IntNode.valueOf(1)));
        assertThatIllegalStateException().isThrownBy(() -> state.edit(editor -> state.edit(inner -> {})));
        assertThatIllegalStateException().isThrownBy(() -> state.edit(editor -> state.close()));
    }

    @Test
    void reconfigure_appliesToTheNextCall() {
        StateDelta delta = differ.diff(json("{'a':{'b':1}}"), json("{'a':{'b':2}}"));
        assertThat(kinds(delta)).containsExactly("MODIFIED /a/b");
        differ.reconfigure(TestSettings.with("depthLimit", "1"));
        assertThat(kinds(differ.diff(json("{'a':{'b':1}}"), json("{'a':{'b':2}}"))))
                .containsExactly("OBJECT_MODIFIED /a");
        differ.reconfigure(TestSettings.with("ignoredPaths", "/a"));
        assertThat(differ.diff(json("{'a':1}"), json("{'a':2}")).isEmpty()).isTrue();
    }
}
