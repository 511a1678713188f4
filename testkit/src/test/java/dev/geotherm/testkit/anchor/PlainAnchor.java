package dev.geotherm.testkit.anchor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.anchor.Anchor;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Provenance;
import dev.geotherm.api.anchor.Provenance.Reinforcement;
import dev.geotherm.api.streaming.Fragment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An anchor of a {@link PlainStore}, guarded by it. */
final class PlainAnchor {
    AnchorId id;
    String text;
    Map<String, String> context;
    float[] origin;
    float[] embedding;
    double heat;
    double drift;
    Instant firstSeen;
    Instant lastSeen;
    Instant decayedAt;
    long updates;
    final List<String> utterances = new ArrayList<>();
    final List<Reinforcement> history = new ArrayList<>();

    void begin(AnchorId newId, Fragment<String> by, String kept, float[] unit, Instant now, AnchorStoreSettings rules) {
        id = newId;
        text = kept;
        context = by.metadata();
        origin = unit;
        embedding = unit;
        heat = rules.initialHeat();
        drift = 0;
        firstSeen = now;
        lastSeen = now;
        decayedAt = now;
        updates = 0;
        utterances.clear();
        utterances.add(by.id());
    }

    void reinforce(String utterance, float[] unit, Instant now, AnchorStoreSettings rules, StoreFault fault) {
        float[] before = embedding;
        float[] moved = new float[unit.length];
        for (int i = 0; i < unit.length; i++) {
            moved[i] = (float) (before[i] * (1 - rules.embeddingWeight()) + unit[i] * rules.embeddingWeight());
        }
        embedding = PlainStore.unit(moved);
        drift = 1 - PlainStore.cosine(embedding, fault == StoreFault.DRIFT_IS_OF_THE_LAST_STEP ? before : origin);
        heat += rules.heatStep();
        heat = fault == StoreFault.HEAT_IS_UNBOUNDED ? heat : Math.min(1, heat);
        lastSeen = now;
        updates++;
        if (utterances.size() < rules.keepUtterances() || fault == StoreFault.UTTERANCES_ARE_ALL_KEPT) {
            utterances.add(utterance);
        }
        boolean after = fault == StoreFault.SIMILARITY_IS_AFTER_THE_MOVE;
        history.add(new Reinforcement(now, utterance, PlainStore.cosine(after ? embedding : before, unit)));
        if (history.size() > rules.keepHistory()) {
            history.remove(0);
        }
    }

    boolean decay(Instant now, AnchorStoreSettings rules, StoreFault fault) {
        double days = Duration.between(decayedAt, now).toNanos()
                / (double) Duration.ofDays(1).toNanos();
        double factor = Math.pow(rules.decayRate(), days);
        double lowered = fault == StoreFault.FLOOR_IS_ONE_OF_THE_HEAT
                ? Math.max(Math.min(heat, rules.decayFloor()), heat * factor)
                : heat * Math.max(rules.decayFloor(), factor);
        decayedAt = fault == StoreFault.DECAYS_FROM_THE_BEGINNING ? decayedAt : now;
        boolean changes = lowered != heat;
        heat = lowered;
        return changes;
    }

    Anchor copy() {
        Provenance provenance = new Provenance(firstSeen, lastSeen, utterances, updates, history, context);
        return new Anchor(id, text, embedding.clone(), heat, drift, provenance);
    }

    JsonNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("text", text).put("heat", heat).put("drift", drift);
        json.put("firstSeen", firstSeen.toString()).put("lastSeen", lastSeen.toString());
        json.put("updates", updates);
        utterances.forEach(json.putArray("utterances")::add);
        return json;
    }
}
