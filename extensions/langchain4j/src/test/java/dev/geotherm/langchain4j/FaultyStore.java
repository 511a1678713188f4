package dev.geotherm.langchain4j;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.EmbeddingSearchResult;
import dev.langchain4j.store.embedding.EmbeddingStore;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A foreign embedding store and a model that stop at a chosen call, before or after it took effect, as if the process ended there.
 * The store refuses what a careful ingestor never does: to add an id that it has.
 */
final class FaultyStore implements EmbeddingStore<TextSegment> {
    /** The end of the simulated process. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    final Map<String, TextSegment> segments = new TreeMap<>();
    final Set<String> acknowledged = new HashSet<>();
    private final WordModel words = new WordModel();
    private int stopAt = Integer.MAX_VALUE;
    private int moments;

    /** Stops at a moment from now on; each call has two. */
    void stopAt(int moment) {
        stopAt = moment;
        moments = 0;
    }

    int moments() {
        return moments;
    }

    private void moment() {
        if (moments++ == stopAt) {
            throw new Stopped();
        }
    }

    /** Returns the model of this store. */
    EmbeddingModel model() {
        return new EmbeddingModel() {
            @Override
            public Response<List<Embedding>> embedAll(List<TextSegment> embedded) {
                moment();
                Response<List<Embedding>> response = words.embedAll(embedded);
                moment();
                return response;
            }
        };
    }

    /** Returns what was embedded since the last call. */
    List<String> embedded() {
        return words.embedded();
    }

    /** Returns the texts, in alphabetical order. */
    List<String> texts() {
        return segments.values().stream().map(TextSegment::text).sorted().toList();
    }

    @Override
    public void addAll(List<String> ids, List<Embedding> embeddings, List<TextSegment> added) {
        moment();
        for (int i = 0; i < ids.size(); i++) {
            if (segments.putIfAbsent(ids.get(i), added.get(i)) != null) {
                throw new AssertionError("the store has " + ids.get(i) + " already");
            }
        }
        moment();
        added.forEach(segment -> acknowledged.add(segment.text()));
    }

    @Override
    public void removeAll(Collection<String> ids) {
        moment();
        ids.forEach(segments::remove);
        moment();
    }

    @Override
    public String add(Embedding embedding) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void add(String id, Embedding embedding) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String add(Embedding embedding, TextSegment segment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> addAll(List<Embedding> embeddings) {
        throw new UnsupportedOperationException();
    }

    @Override
    public EmbeddingSearchResult<TextSegment> search(EmbeddingSearchRequest request) {
        throw new UnsupportedOperationException("an ingestor does not read");
    }
}
