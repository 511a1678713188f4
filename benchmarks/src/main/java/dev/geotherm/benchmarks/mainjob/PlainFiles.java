package dev.geotherm.benchmarks.mainjob;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.engine.corpus.Corpus;
import dev.geotherm.engine.corpus.CorpusQuery;
import dev.geotherm.engine.corpus.Document;
import dev.geotherm.engine.corpus.Judgement;
import java.io.BufferedInputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The files of a corpus in the layout of BEIR, read and written without a check. */
final class PlainFiles {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PlainFiles() {}

    /** A line: a document, or a query without a title. */
    record Line(String id, String title, String text) {}

    /** Returns the lines of a file; none if it does not exist. */
    static List<Line> read(Path file) throws IOException {
        List<Line> lines = new ArrayList<>();
        if (Files.notExists(file)) {
            return lines;
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
                JsonParser json = new JsonFactory().createParser(in)) {
            while (json.nextToken() == JsonToken.START_OBJECT) {
                lines.add(line(json));
            }
        }
        return lines;
    }

    private static Line line(JsonParser json) throws IOException {
        String id = "";
        String title = "";
        String text = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "_id", "id" -> id = json.getText();
                case "title" -> title = json.getText();
                case "text" -> text = json.getText();
                default -> json.skipChildren();
            }
        }
        return new Line(id, title, text);
    }

    /** Returns the grades of the judged documents by query. */
    static Map<String, Map<String, Integer>> judgements(Path folder) throws IOException {
        Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();
        Path file = folder.resolve("qrels").resolve("test.tsv");
        for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
            String[] cells = line.split("\t", -1);
            if (!cells[0].equals("query-id")) {
                grades.computeIfAbsent(cells[0], query -> new LinkedHashMap<>())
                        .put(cells[1], Integer.valueOf(cells[2].strip()));
            }
        }
        return grades;
    }

    /** Writes a corpus; one without queries has no files for them. */
    static void write(Corpus corpus, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (BufferedWriter documents = Files.newBufferedWriter(folder.resolve("corpus.jsonl"));
                Stream<Document> all = corpus.documents()) {
            for (Iterator<Document> each = all.iterator(); each.hasNext(); ) {
                Document document = each.next();
                documents.write(object(document.id(), document.text()).put("title", document.title()) + "\n");
            }
        }
        if (!corpus.queries().isEmpty()) {
            writeQueries(corpus, folder);
        }
    }

    private static void writeQueries(Corpus corpus, Path folder) throws IOException {
        Files.createDirectories(folder.resolve("qrels"));
        try (BufferedWriter queries = Files.newBufferedWriter(folder.resolve("queries.jsonl"));
                BufferedWriter judgements =
                        Files.newBufferedWriter(folder.resolve("qrels").resolve("test.tsv"))) {
            for (CorpusQuery query : corpus.queries()) {
                queries.write(object(query.id(), query.text()) + "\n");
            }
            judgements.write("query-id\tcorpus-id\tscore\n");
            for (Judgement each : corpus.judgements()) {
                judgements.write(each.query() + "\t" + each.document() + "\t" + each.grade() + "\n");
            }
        }
    }

    private static ObjectNode object(String id, String text) {
        return JSON.createObjectNode().put("_id", id).put("text", text);
    }
}
