package dev.geotherm.profiles.runtime;

import dev.geotherm.api.anchor.ExplainedHit;
import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.anchor.Ranked;
import dev.geotherm.api.anchor.Retriever;
import java.util.List;
import java.util.function.Supplier;

/** The handle of a passage index's retriever, which follows the target of the index handle. */
final class RetrieverHandle implements Retriever {
    private final Supplier<Retriever> target;

    RetrieverHandle(Supplier<Retriever> target) {
        this.target = target;
    }

    @Override
    public List<Hit> search(Query query) {
        return target.get().search(query);
    }

    @Override
    public List<List<Hit>> searchAll(List<Query> queries) {
        return target.get().searchAll(queries);
    }

    @Override
    public List<List<Ranked>> rankAll(List<Query> queries) {
        return target.get().rankAll(queries);
    }

    @Override
    public List<ExplainedHit> explain(Query query) {
        return target.get().explain(query);
    }

    @Override
    public String toString() {
        return target.get().toString();
    }
}
