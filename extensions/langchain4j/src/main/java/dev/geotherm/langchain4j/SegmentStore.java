package dev.geotherm.langchain4j;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.EmbeddingSearchResult;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.filter.Filter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The base class of LangChain4j embedding stores over Geotherm, with their overloads and argument checks. */
abstract class SegmentStore implements EmbeddingStore<TextSegment> {

    /**
     * Stores embeddings under ids, each replacing an earlier embedding with the same id.
     *
     * @param ids the ids, at least one, as many as embeddings and segments
     * @param segments the embedded segments, or null if they are unknown
     */
    abstract void put(List<String> ids, List<Embedding> embeddings, @Nullable List<TextSegment> segments);

    /** Removes the embeddings with the supplied ids. The supplier is called when no other change can interfere. */
    abstract void delete(Supplier<? extends Collection<String>> ids);

    /** Calls a visitor with the id and the segment of each embedding; the segment is null if unknown. */
    abstract void forEach(BiConsumer<String, Supplier<@Nullable TextSegment>> visitor);

    @Override
    public final String add(Embedding embedding) {
        return addAll(List.of(embedding)).get(0);
    }

    @Override
    public final void add(String id, Embedding embedding) {
        addAll(List.of(id), List.of(embedding), null);
    }

    @Override
    public final String add(Embedding embedding, TextSegment segment) {
        return addAll(List.of(embedding), List.of(segment)).get(0);
    }

    @Override
    public final List<String> addAll(List<Embedding> embeddings) {
        List<String> ids = generateIds(embeddings.size());
        addAll(ids, embeddings, null);
        return ids;
    }

    @Override
    public final List<String> generateIds(int count) {
        List<String> ids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ids.add(UUID.randomUUID().toString());
        }
        return ids;
    }

    /**
     * Stores embeddings under ids, each replacing an earlier embedding with the same id.
     *
     * @param segments the embedded segments, or null if they are unknown
     * @throws IllegalArgumentException if the lists differ in size, an embedding has another length than those in the store,
     *     or an embedding contains a non-finite number; nothing is stored then
     */
    @Override
    public final void addAll(
            @Nullable List<String> ids, @Nullable List<Embedding> embeddings, @Nullable List<TextSegment> segments) {
        List<String> names = ids == null ? List.of() : ids;
        List<Embedding> vectors = embeddings == null ? List.of() : embeddings;
        if (names.size() != vectors.size()) {
            throw new IllegalArgumentException(
                    "ids size (" + names.size() + ") is not equal to embeddings size (" + vectors.size() + ")");
        }
        if (segments != null && segments.size() != vectors.size()) {
            throw new IllegalArgumentException(
                    "embeddings size (" + vectors.size() + ") is not equal to embedded size (" + segments.size() + ")");
        }
        names.forEach(SegmentStore::requireNotBlank);
        if (!vectors.isEmpty()) {
            put(names, vectors, segments);
        }
    }

    private static String requireNotBlank(@Nullable String id) {
        if (id == null || id.isBlank()) {
            throw new IllegalArgumentException("id cannot be null or blank");
        }
        return id;
    }

    @Override
    public final void remove(@Nullable String id) {
        List<String> one = List.of(requireNotBlank(id));
        delete(() -> one);
    }

    /** Removes embeddings by id. Unknown ids and a null collection are ignored. */
    @Override
    public final void removeAll(@Nullable Collection<String> ids) {
        if (ids != null && !ids.isEmpty()) {
            delete(() -> ids);
        }
    }

    @Override
    public final void removeAll(@Nullable Filter filter) {
        if (filter == null) {
            throw new IllegalArgumentException("filter cannot be null");
        }
        delete(() -> ids(filter));
    }

    @Override
    public final void removeAll() {
        delete(() -> ids(null));
    }

    private List<String> ids(@Nullable Filter filter) {
        List<String> ids = new ArrayList<>();
        forEach((id, segment) -> {
            if (filter == null || accepts(filter, segment.get())) {
                ids.add(id);
            }
        });
        return ids;
    }

    static boolean accepts(Filter filter, @Nullable TextSegment segment) {
        return segment != null && filter.test(segment.metadata());
    }

    /** Searches synchronously, because an in-process store does not wait for a server. */
    @Override
    public final CompletableFuture<EmbeddingSearchResult<TextSegment>> searchAsync(EmbeddingSearchRequest request) {
        try {
            return CompletableFuture.completedFuture(search(request));
        } catch (RuntimeException failed) {
            return CompletableFuture.failedFuture(failed);
        }
    }
}
