package dev.geotherm.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.diff.ContextCache;
import dev.geotherm.api.diff.Lookup;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.StateReplica;
import dev.geotherm.api.diff.StateUpdate;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.api.diff.UpdateCodec;
import dev.geotherm.api.diff.UpdateFormat;
import dev.geotherm.delta.DeltaCategory;
import dev.geotherm.delta.DeltaCodec;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.diff.codec.DeltaFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The claims of the diffing guide about its snippets; the consumer tests check that these compile and run. */
class DiffingGuideTest {
    private final StateDiffer differ =
            new TreeDiffer(Settings.defaults(TreeDifferSettings.class), ComponentContext.standalone("guide"));
    private final JsonNode before = json("{'anchors':[{'id':'a','heat':0.5},{'id':'b','heat':0.1}],'at':1}");
    private final JsonNode after = json("{'anchors':[{'id':'b','heat':0.1},{'id':'a','heat':0.6}],'at':2}");

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    @AfterEach
    void close() {
        differ.close();
    }

    @Test
    void comparing() {
        StateDelta delta = differ.diff(before, after);
        JsonNode later = delta.applyTo(before);
        JsonNode earlier = delta.invert().applyTo(later);
        assertThat(later).isEqualTo(after);
        assertThat(earlier).isEqualTo(before);
        assertThat(delta.changes()).hasSize(3);
    }

    @Test
    void settings() {
        TreeDifferSettings settings = Settings.of(
                TreeDifferSettings.class,
                Map.of("identityKeys", "/countries=cca3,/**/items=key", "ignoredPaths", "/**/timestamp"));
        assertThat(settings.identityKeys()).hasSize(2);
    }

    @Test
    void tracking() {
        try (TrackedState state = differ.track(before)) {
            Pointer heat = Pointer.parse("/anchors/0/heat");
            RevisionDelta next = state.edit(editor -> editor.set(heat, DoubleNode.valueOf(0.6)));
            StateUpdate missed = state.since(0);
            assertThat(next.revision()).isEqualTo(1);
            assertThat(((RevisionDelta) missed).delta().changes()).hasSize(1);
        }
    }

    @Test
    void replicating() {
        try (TrackedState state = differ.track(before)) {
            StateReplica replica = differ.replica();
            replica.apply(state.snapshot());
            RevisionDelta lost = state.edit(editor -> editor.set(Pointer.parse("/at"), DoubleNode.valueOf(2)));
            RevisionDelta next = state.edit(editor -> editor.set(Pointer.parse("/at"), DoubleNode.valueOf(3)));
            assertThat(lost.revision()).isEqualTo(1);
            if (replica.apply(next) == StateReplica.Outcome.GAP) {
                replica.apply(state.since(replica.revision()));
            }
            assertThat(replica.revision()).isEqualTo(2);
            UpdateCodec updates = differ.updateCodec(UpdateFormat.JSON); // or BINARY
            byte[] sent = updates.encode(next);
            StateUpdate received = updates.decode(sent);
            assertThat(received).isEqualTo(next);
        }
    }

    @Test
    void joining() {
        StateDelta mine = differ.diff(before, json("{'anchors':[{'id':'a','heat':0.5},{'id':'b','heat':0.1}],'at':2}"));
        StateDelta theirs = differ.diff(before, json("{'anchors':[{'id':'b','heat':0.1}],'at':1}"));
        StateDelta both = StateDelta.compose(theirs, mine.rebaseOver(theirs, before));
        assertThat(both.applyTo(before)).isEqualTo(json("{'anchors':[{'id':'b','heat':0.1}],'at':2}"));
    }

    @Test
    void encoding() {
        StateDelta delta = differ.diff(before, after);
        DeltaCodec codec = DeltaFormat.BINARY.codec().against(before);
        byte[] bytes = codec.encode(delta);
        StateDelta decoded = codec.decode(bytes);
        JsonNode patch = delta.toJsonPatch(before);
        assertThat(decoded.applyTo(before)).isEqualTo(after);
        assertThat(StateDelta.ofJsonPatch(patch, before).applyTo(before)).isEqualTo(after);
    }

    @Test
    void caching() {
        ContextCache<String> answers = differ.openCache("answers");
        answers.put("what is hot?", before, "a");
        Lookup<String> found = answers.get("what is hot?", after);
        String answer = null;
        if (found instanceof Lookup.ExactHit<String> hit) {
            answer = hit.value();
        } else if (found instanceof Lookup.NearHit<String> near && near.category() == DeltaCategory.MINIMAL) {
            answer = near.value();
        }
        assertThat(answer).isEqualTo("a");
    }
}
