package dev.geotherm.langchain4j;

import dev.geotherm.api.anchor.Filter;
import dev.langchain4j.store.embedding.filter.comparison.IsEqualTo;
import dev.langchain4j.store.embedding.filter.comparison.IsIn;
import dev.langchain4j.store.embedding.filter.logical.And;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a LangChain4j filter that an index can check: the required sources and documents. All other conditions
 * are checked against the metadata of the passages that these conditions accept.
 */
final class FilterConditions {
    private @Nullable Set<String> sources; // null means any
    private @Nullable Set<String> documents;

    private FilterConditions() {}

    /**
     * Returns a filter that accepts at least everything that the given filter accepts, or null if that filter accepts
     * nothing.
     */
    static @Nullable Filter of(dev.langchain4j.store.embedding.filter.@Nullable Filter filter) {
        FilterConditions conditions = new FilterConditions();
        conditions.add(filter);
        Set<String> sources = conditions.sources;
        Set<String> documents = conditions.documents;
        if ((sources != null && sources.isEmpty()) || (documents != null && documents.isEmpty())) {
            return null;
        }
        return Filter.none()
                .ofSources(sources == null ? Set.of() : sources)
                .ofDocuments(documents == null ? Set.of() : documents);
    }

    private void add(dev.langchain4j.store.embedding.filter.@Nullable Filter filter) {
        if (filter instanceof And and) {
            add(and.left());
            add(and.right());
        } else if (filter instanceof IsEqualTo equal) {
            require(equal.key(), List.of(equal.comparisonValue()));
        } else if (filter instanceof IsIn in) {
            require(in.key(), in.comparisonValues());
        }
    }

    private void require(String key, Collection<?> values) {
        if (!values.stream().allMatch(SegmentPassage::isField)) {
            return;
        }
        Set<String> texts = new HashSet<>();
        values.forEach(value -> texts.add(String.valueOf(value)));
        if (key.equals(GeothermEmbeddingStore.SOURCE)) {
            sources = both(sources, texts);
        } else if (key.equals(GeothermEmbeddingStore.DOCUMENT)) {
            documents = both(documents, texts);
        }
    }

    private static Set<String> both(@Nullable Set<String> before, Set<String> more) {
        if (before != null) {
            more.retainAll(before);
        }
        return more;
    }
}
