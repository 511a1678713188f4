package dev.geotherm.testkit.anchor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.anchor.Anchor;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Provenance;
import dev.geotherm.api.anchor.Provenance.Reinforcement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** An anchor of a {@link PlainStore}, guarded by it: computed from its passages when asked. */
final class PlainAnchor {
    PlainPassage leader;
    /** Sorted by id. */
    final List<PlainPassage> passages = new ArrayList<>();
    /** What an earlier life left; only with a fault. */
    final List<Reinforcement> past = new ArrayList<>();

    double notedHeat;
    /** Whether the next commit writes it. */
    boolean changed = true;
    /** Whether more than its heat has changed since the last commit. */
    boolean moreThanHeat = true;

    long revision;

    AnchorId id() {
        return leader.anchorId();
    }

    float[] embedding() {
        double[] sum = new double[leader.unit.length];
        for (PlainPassage passage : passages) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += passage.unit[i];
            }
        }
        if (passages.stream().allMatch(passage -> Arrays.equals(passage.unit, leader.unit))) {
            return leader.unit.clone();
        }
        float[] mean = new float[sum.length];
        for (int i = 0; i < sum.length; i++) {
            mean[i] = (float) (sum[i] / passages.size());
        }
        return PlainVectors.unit(mean);
    }

    double drift(StoreFault fault) {
        float[] embedding = embedding();
        if (Arrays.equals(embedding, leader.unit)) {
            return 0;
        }
        double cosine = PlainVectors.cosine(embedding, leader.unit);
        return fault == StoreFault.DRIFT_IS_THE_COSINE ? cosine : 1 - cosine;
    }

    private List<PlainPassage> byTime() {
        return passages.stream()
                .sorted(Comparator.comparing((PlainPassage passage) -> passage.at)
                        .thenComparing(passage -> passage.id))
                .toList();
    }

    Instant firstSeen() {
        return byTime().get(0).at;
    }

    Instant lastSeen() {
        return byTime().get(passages.size() - 1).at;
    }

    double heat(Instant now, AnchorStoreSettings rules, StoreFault fault) {
        List<PlainPassage> all = byTime();
        double heat = rules.initialHeat();
        for (int i = 1; i < all.size(); i++) {
            heat = decayed(heat, all.get(i - 1).at, all.get(i).at, rules) + rules.heatStep();
            heat = fault == StoreFault.HEAT_IS_UNBOUNDED ? heat : Math.min(1, heat);
        }
        Instant lastSeen = all.get(all.size() - 1).at;
        return decayed(heat, lastSeen, now.isBefore(lastSeen) ? lastSeen : now, rules);
    }

    private static double decayed(double heat, Instant from, Instant to, AnchorStoreSettings rules) {
        double days = Duration.between(from, to).toNanos()
                / (double) Duration.ofDays(1).toNanos();
        return days > 0 ? heat * Math.pow(rules.decayRate(), days) : heat;
    }

    Anchor copy(Instant now, AnchorStoreSettings rules, StoreFault fault) {
        List<String> utterances = passages.stream()
                .map(passage -> passage.id)
                .limit(fault == StoreFault.UTTERANCES_ARE_ALL_KEPT ? Long.MAX_VALUE : rules.keepUtterances())
                .toList();
        List<Reinforcement> history = new ArrayList<>(past);
        for (PlainPassage passage : byTime()) {
            if (passage != leader) {
                float[] to = fault == StoreFault.SIMILARITY_IS_TO_THE_MEAN ? embedding() : leader.unit;
                history.add(new Reinforcement(passage.at, passage.id, PlainVectors.cosine(passage.unit, to)));
            }
        }
        List<Reinforcement> last = history.subList(Math.max(0, history.size() - rules.keepHistory()), history.size());
        Provenance provenance =
                new Provenance(firstSeen(), lastSeen(), utterances, passages.size() - 1, last, leader.context);
        return new Anchor(id(), leader.text, embedding(), heat(now, rules, fault), drift(fault), provenance);
    }

    static ObjectNode json(Anchor anchor) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("text", anchor.text()).put("heat", anchor.heat()).put("drift", anchor.drift());
        json.put("firstSeen", anchor.provenance().firstSeen().toString());
        json.put("lastSeen", anchor.provenance().lastSeen().toString());
        json.put("updates", anchor.provenance().updates());
        anchor.provenance().utterances().forEach(json.putArray("utterances")::add);
        return json;
    }
}
