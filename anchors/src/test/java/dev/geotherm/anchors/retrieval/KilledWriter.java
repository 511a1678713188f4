package dev.geotherm.anchors.retrieval;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.StandaloneContext;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.PassageIndex;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A process that writes to a durable index, step by step, until it is killed. Its marker is the number of the step, and step
 * n always does the same, so {@link #state} knows what the index must contain at any commit.
 */
final class KilledWriter {
    private static final int IDS = 300;

    private KilledWriter() {}

    public static void main(String[] arguments) {
        try (StandaloneContext context = ComponentContext.standalone("killed");
                LuceneIndexes indexes = new LuceneIndexes(Settings.defaults(LuceneIndexesSettings.class), context);
                PassageIndex index = indexes.open("killed", Path.of(arguments[0]))) {
            int step = step(index);
            System.out.println("open " + step);
            while (true) {
                step++;
                index.index(passages(step));
                index.remove(List.of(id(step * 7)));
                index.assign(Map.of(id(step * 11), Optional.of(new AnchorId("x" + step))));
                if (step % 3 == 0) {
                    index.refresh();
                }
                index.commit("" + step);
                System.out.println("committed " + step);
            }
        }
    }

    /** Returns the last committed step. */
    static int step(PassageIndex index) {
        return Integer.parseInt(index.marker().orElse("0"));
    }

    private static String id(int number) {
        return "p" + number % IDS;
    }

    private static List<Passage> passages(int step) {
        List<Passage> passages = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String text = "step " + step + " apple " + i;
            float[] vector = {step, i, 1};
            passages.add(
                    new Passage(id(step * 13 + i), "doc", "", text, 0, text.length(), Instant.EPOCH, null, vector));
        }
        return passages;
    }

    /** Returns the texts and anchors by id after a step. */
    static Map<String, String> state(int steps) {
        Map<String, String> state = new TreeMap<>();
        for (int step = 1; step <= steps; step++) {
            passages(step).forEach(passage -> state.put(passage.id(), passage.text() + " null"));
            state.remove(id(step * 7));
            String anchor = " x" + step;
            state.computeIfPresent(id(step * 11), (id, text) -> text.substring(0, text.lastIndexOf(' ')) + anchor);
        }
        return state;
    }

    /** Returns the texts and anchors by id of an index. */
    static Map<String, String> state(PassageIndex index) {
        Map<String, String> state = new TreeMap<>();
        index.forEach(passage -> state.put(passage.id(), passage.text() + " " + passage.anchor()));
        return state;
    }
}
