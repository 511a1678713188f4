package dev.geotherm.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.delta.JsonEquality;
import dev.geotherm.engine.ledger.Hash128;
import dev.geotherm.engine.ledger.LedgerEntry;
import dev.geotherm.profiles.runtime.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A verification of all data in a store. It compares the files with their checksums, the ledger with the passages, the
 * anchors of the passages with recomputed ones, the delta log with the committed state, and that state with the anchors.
 *
 * <p>Not thread-safe; nothing else may change the store during the verification.
 */
final class KnowledgeVerification {
    /** The maximum number of listed problems of one kind. */
    private static final int LISTED = 20;

    private final KnowledgeStore store;
    private final Platform platform;
    private final Cancellation cancellation;
    private final List<String> problems = new ArrayList<>();
    private final AtomicLong done = new AtomicLong();
    private long documents;
    private long passages;
    private Set<String> incomplete = new HashSet<>();

    KnowledgeVerification(KnowledgeStore store, Platform platform, Cancellation cancellation) {
        this.store = store;
        this.platform = platform;
        this.cancellation = cancellation;
    }

    VerificationReport run(Progress progress) throws IOException {
        begin(progress, "check files", "", 0);
        try {
            store.index().verify();
        } catch (GeothermException damaged) {
            problems.add(String.valueOf(damaged.getMessage()));
        }
        compareLedger(progress);
        long anchors = compareAnchors(progress);
        long revisions = replay(progress);
        return new VerificationReport(
                documents,
                incomplete.size(),
                passages,
                anchors,
                store.committed().revision(),
                revisions,
                problems);
    }

    private void begin(Progress progress, String phase, String unit, long total) {
        cancellation.throwIfRequested();
        done.set(0);
        progress.begin(() -> new Progress.Step(phase, unit, done.get(), total, 0, ""));
    }

    /** Compares sums first, which needs no memory. Searches for differences only if the sums differ. */
    private void compareLedger(Progress progress) throws IOException {
        long[] expected = {0, 0};
        begin(progress, "check documents", "documents", store.ledger().size());
        store.ledger().forEach(entry -> {
            documents++;
            done.incrementAndGet();
            if (entry.isComplete()) {
                forEachChunk(entry, (id, hash) -> add(expected, id, hash));
            } else {
                incomplete.add(SourceKey.of(entry.source()).document(entry.document()));
            }
        });
        long[] found = {0, 0};
        begin(progress, "check passages", "passages", store.index().size());
        store.index().forEach(passage -> {
            cancellation.throwIfRequested();
            passages++;
            done.incrementAndGet();
            requireHash(passage);
            if (!incomplete.contains(passage.document())) {
                add(found, passage.id(), passage.hash());
            }
        });
        if (expected[0] != found[0] || expected[1] != found[1]) {
            listDifferences();
        }
    }

    private void requireHash(Passage passage) {
        String hash = new DocumentChunks.Text(passage.title(), passage.text(), passage.start(), passage.end())
                .hash()
                .hex();
        if (!hash.equals(passage.hash())) {
            problem("passage " + passage.id() + " has another text than when it was ingested");
        }
    }

    private interface ChunkVisitor {
        void visit(String passage, String hash);
    }

    private static void forEachChunk(LedgerEntry entry, ChunkVisitor visitor) {
        SourceKey source = SourceKey.of(entry.source());
        for (int number = 0; number < entry.chunks().size(); number++) {
            visitor.visit(
                    source.passage(entry.document(), number),
                    entry.chunks().get(number).hex());
        }
    }

    private static void add(long[] sum, String passage, String hash) {
        sum[0]++;
        sum[1] += Hash128.of(passage, hash).high();
    }

    private void listDifferences() throws IOException {
        Map<String, String> expected = new HashMap<>();
        store.ledger().forEach(entry -> {
            if (entry.isComplete()) {
                forEachChunk(entry, expected::put);
            }
        });
        store.index().forEach(passage -> {
            String hash = expected.remove(passage.id());
            if (hash == null && !incomplete.contains(passage.document())) {
                problem("passage " + passage.id() + " belongs to no document of the ledger");
            } else if (hash != null && !hash.equals(passage.hash())) {
                problem("passage " + passage.id() + " has another content than the ledger says");
            }
        });
        expected.keySet().forEach(id -> problem("passage " + id + " is in the ledger, but not in the index"));
    }

    private void problem(String text) {
        if (problems.size() < LISTED) {
            problems.add(text);
        } else if (problems.size() == LISTED) {
            problems.add("and more");
        }
    }

    /** Recomputes the anchors of all passages, and returns their number. */
    private long compareAnchors(Progress progress) {
        store.dropAnchors();
        AnchorStore anchors = platform.anchors();
        AnchorRestoration.clear(anchors);
        int dimension = platform.embedder().dimension();
        begin(progress, "compute anchors", "passages", passages);
        store.index().forEach(passage -> {
            if (passage.anchor() != null) {
                cancellation.throwIfRequested();
                done.incrementAndGet();
                anchors.ingest(AnchorRestoration.fragment(passage), AnchorRestoration.embedding(passage, dimension));
            }
        });
        store.index().forEach(passage -> {
            AnchorId stored = passage.anchor();
            AnchorId computed = anchors.anchorOf(passage.id()).orElse(null);
            if (!Objects.equals(stored, computed)) {
                problem("passage " + passage.id() + " has anchor " + stored + ", computed again it is " + computed);
            }
        });
        long count = anchors.size();
        AnchorRestoration.clear(anchors);
        return count;
    }

    /** Replays the deltas, compares the resulting state with the anchors, and returns the number of revisions. */
    private long replay(Progress progress) throws IOException {
        Marker committed = store.committed();
        begin(progress, "replay", "revisions", 0);
        if (committed.deltas() == 0) {
            return 0;
        }
        ReplayCheck.Replay replayed;
        try {
            replayed = ReplayCheck.replay(platform.differ(), store.committedDeltas(), done);
        } catch (GeothermException damaged) {
            problems.add(String.valueOf(damaged.getMessage()));
            return 0;
        }
        String fingerprint = replayed.state().fingerprint().toString();
        if (replayed.last() != committed.revision() || !fingerprint.equals(committed.state())) {
            problems.add("the deltas lead to revision " + replayed.last() + " with fingerprint " + fingerprint
                    + ", committed was revision " + committed.revision() + " with " + committed.state());
            return replayed.revisions();
        }
        store.deltas();
        JsonNode now = platform.anchors().state().snapshot().toJson();
        compareStates(replayed.state().toJson().path("anchors"), now.path("anchors"));
        return replayed.revisions();
    }

    /** Compares anchors without their heat, which depends on the time. */
    private void compareStates(JsonNode written, JsonNode now) {
        for (Map.Entry<String, JsonNode> anchor : now.properties()) {
            if (!JsonEquality.same(withoutHeat(anchor.getValue()), withoutHeat(written.path(anchor.getKey())))) {
                problem("anchor " + anchor.getKey() + " is not as in the state");
            }
        }
        for (Map.Entry<String, JsonNode> anchor : written.properties()) {
            if (!now.has(anchor.getKey())) {
                problem("anchor " + anchor.getKey() + " of the state does not exist");
            }
        }
    }

    private static JsonNode withoutHeat(JsonNode anchor) {
        return anchor instanceof ObjectNode object ? object.deepCopy().without("heat") : anchor;
    }
}
