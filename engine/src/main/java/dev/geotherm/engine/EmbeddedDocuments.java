package dev.geotherm.engine;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.Filter;
import dev.geotherm.api.anchor.Query;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The documents of one source of {@link Knowledge}, for an application that embeds documents itself and manages them by id.
 * They are searched, exported, verified and forgotten like all other documents.
 *
 * <p>The embeddings must come from the platform's embedder, because they are compared with embeddings of queries, and a
 * rebuild computes them again. When a method returns, its changes are committed and visible to searches.
 *
 * <p>If you also ingest a corpus under the name of this source, documents that are not in the corpus are removed.
 *
 * <p>Thread-safe. After the knowledge is closed, all methods throw {@link IllegalStateException}.
 */
public final class EmbeddedDocuments {
    private final Knowledge knowledge;
    private final String source;

    EmbeddedDocuments(Knowledge knowledge, String source) {
        if (source.isBlank()) {
            throw new IllegalArgumentException("the name of a source must not be blank");
        }
        this.knowledge = knowledge;
        this.source = source;
    }

    /** Returns the name of the source. */
    public String source() {
        return source;
    }

    /**
     * Adds documents, each replacing an earlier document with the same id. First replaces personal data in the text and in
     * text values of the metadata, according to the settings.
     *
     * @throws IllegalArgumentException if an embedding does not have the embedder's length, or contains a non-finite number;
     *     nothing is added then
     * @throws GeothermException if the settings differ from those of the knowledge, or a file cannot be written
     * @throws InterruptedException if the thread is interrupted; some of the documents may have been added
     */
    public void put(Collection<EmbeddedDocument> documents) throws InterruptedException {
        Map<String, EmbeddedDocument> last = new LinkedHashMap<>();
        for (EmbeddedDocument document : documents) {
            last.remove(document.id());
            last.put(document.id(), document);
        }
        knowledge.putEmbedded(source, List.copyOf(last.values()));
    }

    /** Removes documents by id; unknown ids are ignored. Files contain the removed texts until a compaction. */
    public void remove(Collection<String> ids) {
        knowledge.removeDocuments(source, Set.copyOf(ids));
    }

    /** Visits all documents in the order of {@link #put} calls. The visitor's exceptions reach the caller. */
    public void forEach(Consumer<? super EmbeddedDocument> visitor) {
        knowledge.forEachEmbedded(source, requireNonNull(visitor, "visitor"));
    }

    /**
     * A found document.
     *
     * @param document the document
     * @param cosine the cosine of the embeddings of document and query
     */
    public record Found(EmbeddedDocument document, double cosine) {}

    /**
     * Searches for the documents nearest to an embedding.
     *
     * @param limit the maximum number of documents, at least 1
     * @return the nearest documents, nearest first; their embeddings have length 1
     */
    public List<Found> search(float[] embedding, int limit) {
        return knowledge.searchEmbedded(
                source,
                Query.similarity(embedding, limit).filtered(Filter.none().ofSources(Set.of(source))));
    }
}
