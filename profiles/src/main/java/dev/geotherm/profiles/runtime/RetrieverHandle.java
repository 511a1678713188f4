package dev.geotherm.profiles.runtime;

import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.anchor.Retriever;
import dev.geotherm.api.anchor.RetrieverMetrics;
import java.util.Collection;
import java.util.List;

/** The handle of the retriever. */
final class RetrieverHandle implements Retriever {
    private final String description;
    private volatile Retriever target;

    RetrieverHandle(String description, Retriever target) {
        this.description = description;
        this.target = target;
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
    public void refresh() {
        target.refresh();
    }

    @Override
    public List<Hit> search(Query query) {
        return target.search(query);
    }

    @Override
    public List<List<Hit>> searchAll(List<Query> queries) {
        return target.searchAll(queries);
    }

    @Override
    public RetrieverMetrics metrics() {
        return target.metrics();
    }

    /** Refused: the platform closes its components. */
    @Override
    public void close() {
        throw Handles.closeRefused("retrieval");
    }

    @Override
    public String toString() {
        return description;
    }
}
