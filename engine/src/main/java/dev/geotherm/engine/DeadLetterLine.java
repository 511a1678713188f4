package dev.geotherm.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.streaming.DeadLetter;
import dev.geotherm.engine.ledger.Hash128;
import java.io.UncheckedIOException;
import java.time.Instant;

/**
 * A line of the dead-letter file: a chunk, its failure, and the data to complete its document.
 *
 * @param chunk the chunk and its failure
 * @param start the start offset of the chunk in the text of its document
 * @param end the end offset, exclusive
 * @param content the hash of the document's content
 * @param ingested the time of the chunk's content
 */
record DeadLetterLine(DeadChunk chunk, int start, int end, Hash128 content, Instant ingested) {

    static DeadLetterLine of(DeadLetter<Chunk> letter) {
        Chunk chunk = letter.fragment().content();
        PendingDocument document = chunk.document();
        return new DeadLetterLine(
                new DeadChunk(
                        document.source().name(),
                        document.id(),
                        chunk.number(),
                        chunk.text().title(),
                        chunk.text().text(),
                        letter.attempts(),
                        letter.error().toString(),
                        letter.at()),
                chunk.text().start(),
                chunk.text().end(),
                document.content(),
                chunk.at());
    }

    /**
     * Parses a line.
     *
     * @throws JsonProcessingException if the line is not JSON
     * @throws RuntimeException if the line is not a dead letter
     */
    static DeadLetterLine parse(String line) throws JsonProcessingException {
        JsonNode json = Json.MAPPER.readTree(line);
        JsonNode metadata = json.path("metadata");
        return new DeadLetterLine(
                new DeadChunk(
                        metadata.path("source").asText(),
                        metadata.path("document").asText(),
                        metadata.path("chunk").asInt(),
                        metadata.path("title").asText(),
                        json.path("content").asText(),
                        json.path("attempts").asInt(),
                        json.path("error").asText(),
                        Instant.parse(json.path("at").asText())),
                metadata.path("start").asInt(),
                metadata.path("end").asInt(),
                Hash128.parse(metadata.path("hash").asText()),
                Instant.parse(metadata.path("ingested").asText()));
    }

    /** Returns the id of the chunk's passage. A newer dead letter with the same id replaces this one. */
    String id() {
        return SourceKey.of(chunk.source()).passage(chunk.document(), chunk.number());
    }

    DocumentChunks.Text text() {
        return new DocumentChunks.Text(chunk.title(), chunk.text(), start, end);
    }

    /** Returns the line without a line break. */
    byte[] bytes() {
        ObjectNode line = Json.MAPPER.createObjectNode();
        line.put("id", id())
                .put("attempts", chunk.attempts())
                .put("error", chunk.error())
                .put("at", chunk.at().toString())
                .put("content", chunk.text());
        line.putObject("metadata")
                .put("source", chunk.source())
                .put("document", chunk.document())
                .put("chunk", String.valueOf(chunk.number()))
                .put("title", chunk.title())
                .put("start", String.valueOf(start))
                .put("end", String.valueOf(end))
                .put("hash", content.hex())
                .put("ingested", ingested.toString());
        try {
            return Json.MAPPER.writeValueAsBytes(line);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
