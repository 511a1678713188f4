package dev.geotherm.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.GeothermException;
import dev.geotherm.delta.json.JsonProblem;
import dev.geotherm.engine.ledger.Hash128;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reader of the lines that {@link KnowledgeExport} wrote. If the settings of the vectors are those of the reader, their
 * embeddings are used; otherwise every chunk is embedded again. For one thread.
 */
final class KnowledgeImport implements ImportedDocument.Reader {
    private final BufferedReader lines;
    private final String name;
    private final int dimension;
    private final boolean sameVectors;
    private final boolean sameChunks;
    private long number;

    /**
     * Begins to read.
     *
     * @param name names the input in messages
     * @param settings the settings of chunks and vectors of the store that receives the documents
     * @throws GeothermException if it is not an export, or one of a later version
     */
    KnowledgeImport(InputStream in, String name, String settings, int dimension) throws IOException {
        this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.name = name;
        this.dimension = dimension;
        JsonNode head = next();
        if (head == null || !head.path("schema").asText().equals(KnowledgeExport.SCHEMA)) {
            throw new GeothermException(
                    name + ": is not an export of knowledge; its first line must have \"schema\": \""
                            + KnowledgeExport.SCHEMA + "\"");
        }
        int version = head.path("version").asInt();
        if (version < 1 || version > KnowledgeExport.VERSION) {
            throw new GeothermException(name + ": has version " + version + ", expected at most "
                    + KnowledgeExport.VERSION + "; use the version of Geotherm that wrote it");
        }
        List<String> differences =
                ContentSettings.differences(head.path("settings").toString(), settings);
        this.sameVectors = differences.stream().noneMatch(each -> each.startsWith("embedding"));
        this.sameChunks = differences.stream().allMatch(each -> each.startsWith("embedding"));
    }

    private @Nullable JsonNode next() throws IOException {
        String line = lines.readLine();
        number++;
        if (line == null) {
            return null;
        }
        try {
            return Json.MAPPER.readTree(line);
        } catch (JsonProcessingException damaged) {
            throw new GeothermException(where() + ": is not valid JSON: " + JsonProblem.of(damaged), damaged);
        }
    }

    private String where() {
        return name + ":" + number;
    }

    @Override
    public @Nullable ImportedDocument nextDocument() throws IOException {
        JsonNode line = next();
        if (line == null) {
            return null;
        }
        String source = text(line, "source");
        String id = text(line, "document");
        List<DocumentChunks.Text> texts = new ArrayList<>();
        List<float @Nullable []> embeddings = new ArrayList<>();
        List<Instant> times = new ArrayList<>();
        for (JsonNode chunk : line.path("chunks")) {
            texts.add(new DocumentChunks.Text(
                    text(chunk, "title"),
                    text(chunk, "text"),
                    chunk.path("start").asInt(),
                    chunk.path("end").asInt()));
            embeddings.add(embedding(chunk.path("embedding")));
            times.add(time(chunk));
        }
        JsonNode metadata = line.path("metadata");
        return new ImportedDocument(
                SourceKey.of(source),
                id,
                content(line),
                texts,
                embeddings,
                times,
                metadata.isMissingNode() ? "" : metadata.toString());
    }

    private String text(JsonNode node, String member) {
        JsonNode value = node.path(member);
        if (!value.isTextual()) {
            throw new GeothermException(where() + ": a text \"" + member + "\" was expected");
        }
        return value.asText();
    }

    private Hash128 content(JsonNode line) {
        try {
            return sameChunks && line.has("content") ? Hash128.parse(text(line, "content")) : Hash128.NONE;
        } catch (IllegalArgumentException invalid) {
            throw new GeothermException(where() + ": \"content\" is not a hash", invalid);
        }
    }

    private Instant time(JsonNode chunk) {
        try {
            return Instant.parse(text(chunk, "ingested"));
        } catch (DateTimeException invalid) {
            throw new GeothermException(where() + ": \"ingested\" is not a time", invalid);
        }
    }

    /** Returns the embedding; zeros if the export has none, because the text has no content; null if it is of no use. */
    private float @Nullable [] embedding(JsonNode encoded) throws IOException {
        if (!sameVectors) {
            return null;
        }
        float[] embedding = new float[dimension];
        if (!encoded.isMissingNode()) {
            byte[] bytes = encoded.binaryValue();
            if (bytes == null || bytes.length != dimension * Float.BYTES) {
                throw new GeothermException(where() + ": an \"embedding\" of " + dimension + " numbers was expected");
            }
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(embedding);
        }
        return embedding;
    }
}
