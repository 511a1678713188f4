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
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A reader of exports by {@link KnowledgeExport}. If the settings of the vectors equal those of the receiving store,
 * embeddings of the export are used; otherwise every chunk is embedded again. A truncated, changed or concatenated export is
 * refused. Not thread-safe.
 */
final class KnowledgeImport implements ImportedDocument.Reader {
    private final BufferedReader lines;
    private final String name;
    private final int dimension;
    private final boolean sameVectors;
    private final boolean sameChunks;
    private final MessageDigest checksum = Checksum.start();

    /** The line number of each document. */
    private final Map<List<String>, Long> seen = new HashMap<>();

    private String line = "";
    private long number;

    /**
     * Starts reading an export.
     *
     * @param name the name of the input in messages
     * @param settings the settings of chunks and vectors of the store that receives the documents
     * @throws GeothermException if the input is not an export, or has a later version
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
        countLine();
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
        String next = lines.readLine();
        number++;
        if (next == null) {
            return null;
        }
        line = next;
        try {
            return Json.MAPPER.readTree(line);
        } catch (JsonProcessingException damaged) {
            throw new GeothermException(where() + ": is not valid JSON: " + JsonProblem.of(damaged), damaged);
        }
    }

    /** Adds the line to the checksum of all lines before the last. */
    private void countLine() {
        checksum.update(line.getBytes(StandardCharsets.UTF_8));
        checksum.update((byte) '\n');
    }

    private void checkEnd(JsonNode end) throws IOException {
        if (end.path(KnowledgeExport.DOCUMENTS).asLong(-1) != seen.size()) {
            throw new GeothermException(where() + ": counts " + end.path(KnowledgeExport.DOCUMENTS) + " documents, but "
                    + seen.size() + " are before it; lines were lost or added, so import the whole export");
        }
        String expected = end.path(KnowledgeExport.CHECKSUM).asText();
        if (!expected.isEmpty() && !expected.equals(Checksum.hex(checksum))) {
            throw new GeothermException(
                    where() + ": the checksum differs, so lines were changed after the export; import the"
                            + " original, or remove \"" + KnowledgeExport.CHECKSUM
                            + "\" from this line if the changes are wanted");
        }
        if (lines.readLine() != null) {
            throw new GeothermException(
                    name + ":" + (number + 1) + ": follows the last line of the export; import each export by itself");
        }
    }

    private String where() {
        return name + ":" + number;
    }

    @Override
    public @Nullable ImportedDocument nextDocument() throws IOException {
        JsonNode line = next();
        if (line == null) {
            throw new GeothermException(name + ":" + number
                    + ": the last line of the export, with the number of its documents, was expected; the file was cut, so copy"
                    + " it again");
        }
        if (line.has(KnowledgeExport.DOCUMENTS)) {
            checkEnd(line);
            return null;
        }
        countLine();
        String source = text(line, "source");
        String id = text(line, "document");
        Long before = seen.putIfAbsent(List.of(source, id), number);
        if (before != null) {
            throw new GeothermException(where() + ": document '" + id + "' of source '" + source + "' is in line "
                    + before + ", too; remove one of them");
        }
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

    /**
     * Returns the embedding, zeros if the export has none because the text has no content, or null if it must be computed.
     */
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
