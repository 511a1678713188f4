package dev.geotherm.profiles.runtime;

import dev.geotherm.api.anchor.Anchor;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.AnchorMetrics;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.Cluster;
import dev.geotherm.api.anchor.Evicted;
import dev.geotherm.api.anchor.Ingested;
import dev.geotherm.api.anchor.ScrubbedText;
import dev.geotherm.api.anchor.Stability;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.api.streaming.Fragment;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The handle of the anchor store. */
final class AnchorStoreHandle implements AnchorStore {
    private final String description;
    private volatile AnchorStore target;

    AnchorStoreHandle(String description, AnchorStore target) {
        this.description = description;
        this.target = target;
    }

    @Override
    public ScrubbedText scrub(String text) {
        return target.scrub(text);
    }

    @Override
    public String scrubFingerprint() {
        return target.scrubFingerprint();
    }

    @Override
    public Ingested ingest(Fragment<String> passage, float[] embedding) {
        return target.ingest(passage, embedding);
    }

    @Override
    public Ingested ingestScrubbed(Fragment<String> passage, float[] embedding) {
        return target.ingestScrubbed(passage, embedding);
    }

    @Override
    public Map<String, Optional<AnchorId>> remove(Collection<String> passages) {
        return target.remove(passages);
    }

    @Override
    public void restore(Consumer<Consumer<Member>> source) {
        target.restore(source);
    }

    @Override
    public Optional<AnchorId> anchorOf(String passage) {
        return target.anchorOf(passage);
    }

    @Override
    public Optional<Anchor> find(AnchorId id) {
        return target.find(id);
    }

    @Override
    public List<Similar> nearest(float[] embedding, int limit) {
        return target.nearest(embedding, limit);
    }

    @Override
    public int size() {
        return target.size();
    }

    @Override
    public List<Anchor> anchors() {
        return target.anchors();
    }

    @Override
    public List<AnchorId> changedSince(long revision) {
        return target.changedSince(revision);
    }

    @Override
    public int decay(Instant at) {
        return target.decay(at);
    }

    @Override
    public int decay() {
        return target.decay();
    }

    @Override
    public Evicted evict() {
        return target.evict();
    }

    @Override
    public List<Cluster> clusters(double similarity) {
        return target.clusters(similarity);
    }

    @Override
    public Stability stability() {
        return target.stability();
    }

    @Override
    public RevisionDelta commit() {
        return target.commit();
    }

    @Override
    public TrackedState state() {
        return target.state();
    }

    @Override
    public AnchorMetrics metrics() {
        return target.metrics();
    }

    /** Throws, because the platform closes its components. */
    @Override
    public void close() {
        throw Handles.closeRefused("anchors");
    }

    @Override
    public String toString() {
        return description;
    }
}
