package dev.geotherm.profiles.runtime;

import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.api.anchor.PassageIndexMetrics;
import dev.geotherm.api.anchor.Retriever;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The handle of a passage index; its retriever has a handle too. */
final class PassageIndexHandle implements PassageIndex {
    private final Retriever retriever = new RetrieverHandle(() -> this.target.retriever());
    private volatile PassageIndex target;

    PassageIndexHandle(PassageIndex target) {
        this.target = target;
    }

    @Override
    public String name() {
        return target.name();
    }

    @Override
    public void index(Collection<Passage> passages) {
        target.index(passages);
    }

    @Override
    public void remove(Collection<String> passageIds) {
        target.remove(passageIds);
    }

    @Override
    public void assign(Map<String, Optional<AnchorId>> anchors) {
        target.assign(anchors);
    }

    @Override
    public void refresh() {
        target.refresh();
    }

    @Override
    public void commit(String marker) {
        target.commit(marker);
    }

    @Override
    public Optional<String> marker() {
        return target.marker();
    }

    @Override
    public List<Passage> find(Collection<String> passageIds) {
        return target.find(passageIds);
    }

    @Override
    public void forEach(Consumer<? super Passage> visitor) {
        target.forEach(visitor);
    }

    @Override
    public long size() {
        return target.size();
    }

    /** Returns the same handle each time; throws if the target is closed. */
    @Override
    public Retriever retriever() {
        target.retriever();
        return retriever;
    }

    @Override
    public void expunge(String marker) {
        target.expunge(marker);
    }

    @Override
    public boolean needsReindexing() {
        return target.needsReindexing();
    }

    @Override
    public void reindex(String marker) {
        target.reindex(marker);
    }

    @Override
    public void verify() {
        target.verify();
    }

    @Override
    public PassageIndexMetrics metrics() {
        return target.metrics();
    }

    @Override
    public void close() {
        target.close();
    }

    @Override
    public String toString() {
        return target.toString();
    }
}
