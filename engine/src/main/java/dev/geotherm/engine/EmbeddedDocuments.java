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
 * The documents of one source of {@link Knowledge}, for an application that embeds them itself and manages them by their ids.
 * They are searched, exported, verified and forgotten as all others are.
 *
 * <p>The embeddings must be from the embedder of the platform: others cannot be compared with those of queries, and a
 * rebuild computes them again. Each change is committed and visible to searches when its method returns.
 *
 * <p>If you also ingest a corpus under the name of this source, the documents that the corpus does not contain are removed.
 *
 * <p>Safe for use by several threads. After the knowledge is closed, all methods throw {@link IllegalStateException}.
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
     * Adds documents; each replaces an earlier one with the same id. Personal data is replaced first, in the text and in the texts of
     * the metadata, as the settings say.
     *
     * @throws IllegalArgumentException if an embedding has a different length from the embedder's, or a number in it is not
     *     finite; nothing is added then
     * @throws GeothermException if the settings are not those of the knowledge, or a file cannot be written
     * @throws InterruptedException if the thread was interrupted; some of the documents may be added then
     */
    public void put(Collection<EmbeddedDocument> documents) throws InterruptedException {
        Map<String, EmbeddedDocument> last = new LinkedHashMap<>();
        for (EmbeddedDocument document : documents) {
            last.remove(document.id());
            last.put(document.id(), document);
        }
        knowledge.putEmbedded(source, List.copyOf(last.values()));
    }

    /** Removes documents by their ids; unknown ids are ignored. Files contain their texts until a compaction. */
    public void remove(Collection<String> ids) {
        knowledge.removeDocuments(source, Set.copyOf(ids));
    }

    /** Visits all documents in the order in which they were put. The visitor's exceptions reach the caller. */
    public void forEach(Consumer<? super EmbeddedDocument> visitor) {
        knowledge.forEachEmbedded(source, requireNonNull(visitor, "visitor"));
    }

    /**
     * A document that was found.
     *
     * @param document the document
     * @param cosine the cosine of its embedding and that of the query
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
