package dev.geotherm.engine;

import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Priority;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The restoration of anchors from the passages of an index into a platform's anchor store. Removes the store's previous
 * content.
 */
final class AnchorRestoration {
    private static final Logger LOG = LoggerFactory.getLogger(AnchorRestoration.class);
    private static final int REASSIGNED = 10_000;

    private final AnchorStore anchors;
    private final StateDiffer differ;
    private final int dimension;
    private final String anchorSettings;

    AnchorRestoration(AnchorStore anchors, StateDiffer differ, int dimension, String anchorSettings) {
        this.anchors = anchors;
        this.differ = differ;
        this.dimension = dimension;
        this.anchorSettings = anchorSettings;
    }

    AnchorStore anchors() {
        return anchors;
    }

    /** Returns the settings that, together with the passages, determine the anchors. */
    String anchorSettings() {
        return anchorSettings;
    }

    /** Restores the anchors and continues the delta log of a commit. */
    DeltaLog restore(PassageIndex index, StoreFiles files, Marker committed) throws IOException {
        clear(anchors);
        if (index.size() > 0) {
            if (!committed.anchorSettings().equals(anchorSettings) || !restored(index)) {
                ingestAgain(index);
            }
        }
        if (!committed.decayed().isEmpty()) { // makes the state match the last line
            anchors.decay(Instant.parse(committed.decayed()));
        }
        anchors.commit();
        LineLog lines = new LineLog(files.deltas(committed.version()), committed.deltas(), DeltaLog.CONTENT);
        return DeltaLog.resume(lines, () -> anchors.state().snapshot(), differ, committed);
    }

    /** Removes every anchor. */
    static void clear(AnchorStore anchors) {
        while (anchors.size() > 0) {
            List<String> passages = new ArrayList<>();
            anchors.anchors()
                    .forEach(anchor -> passages.addAll(anchor.provenance().utterances()));
            anchors.remove(passages);
        }
    }

    private boolean restored(PassageIndex index) {
        try {
            anchors.restore(consumer -> index.forEach(passage -> {
                AnchorId anchor = passage.anchor();
                if (anchor != null) {
                    Fragment<String> fragment = fragment(passage);
                    consumer.accept(new AnchorStore.Member(
                            fragment.id(),
                            fragment.content(),
                            fragment.metadata(),
                            embedding(passage, dimension),
                            passage.ingested(),
                            anchor));
                }
            }));
            return true;
        } catch (IllegalArgumentException inconsistent) {
            LOG.warn("The anchors of the passages are not consistent, so they are computed again", inconsistent);
            return false;
        }
    }

    private void ingestAgain(PassageIndex index) {
        Map<String, Optional<AnchorId>> assigned = new HashMap<>();
        index.forEach(passage -> {
            var ingested = anchors.ingestScrubbed(fragment(passage), embedding(passage, dimension));
            assigned.put(passage.id(), Optional.of(ingested.anchor()));
            assigned.putAll(ingested.reassigned());
            if (assigned.size() >= REASSIGNED) {
                index.assign(assigned);
                assigned.clear();
            }
        });
        index.assign(assigned);
    }

    /** Returns the embedding of a passage; all zeros if it has none. */
    static float[] embedding(Passage passage, int dimension) {
        float[] embedding = passage.embedding();
        return embedding == null ? new float[dimension] : embedding;
    }

    /** Converts a passage of the index to the form that the anchor store receives. */
    static Fragment<String> fragment(Passage passage) {
        String text =
                new DocumentChunks.Text(passage.title(), passage.text(), passage.start(), passage.end()).withTitle();
        String document = passage.document()
                .substring(SourceKey.of(passage.source()).prefix().length());
        return fragment(passage.id(), text, document, passage.source(), passage.ingested());
    }

    /** Returns a passage in the form that the anchor store receives. */
    static Fragment<String> fragment(String id, String text, String document, String source, Instant at) {
        return new Fragment<>(id, text, Priority.NORMAL, at, Map.of("document", document, "source", source));
    }
}
