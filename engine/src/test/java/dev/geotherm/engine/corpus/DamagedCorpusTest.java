package dev.geotherm.engine.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.geotherm.api.GeothermException;
import dev.geotherm.testkit.RandomCases;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Corpora with random damage: either every document is read, or an error names the place. */
class DamagedCorpusTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> WORDS =
            List.of("steam", "\u00f6l", "\u6e29\u6cc9", "\uD83C\uDF0B", "a\\\"b", " ", "\\n");

    @TempDir
    Path scratch;

    private int cases;

    @Test
    void lines_areAllReadOrRefused() {
        RandomCases.run(300, this::checkLines);
    }

    @Test
    void archives_areReadWholeOrRefused() {
        RandomCases.run(300, this::checkArchive);
    }

    @Test
    void folders_haveADocumentForEachFileOrAreRefused() {
        RandomCases.run(150, this::checkFolder);
    }

    @Test
    void pages_haveADocumentEachOrAreRefused() {
        RandomCases.run(60, this::checkPages);
    }

    @Test
    void judgedCorpora_areReadWholeOrRefused() {
        RandomCases.run(100, this::checkJudged);
    }

    @Test
    void changesBetweenThePasses_areNoticed() {
        RandomCases.run(150, this::checkChange);
    }

    @Test
    @Tag("full")
    void longRun() {
        RandomCases.run(5_000, this::checkLines);
        RandomCases.run(10_000, this::checkArchive);
        RandomCases.run(2_000, this::checkFolder);
        RandomCases.run(2_000, this::checkPages);
        RandomCases.run(5_000, this::checkJudged);
        RandomCases.run(3_000, this::checkChange);
    }

    private void checkLines(Random random) throws IOException {
        Path file = newFolder().resolve("docs.jsonl");
        byte[] damaged =
                Damage.of(random, lines(random, 0, 1 + random.nextInt(8)).getBytes(UTF_8));
        Files.write(file, damaged);
        Map<String, String> read = read(file, file);
        if (read != null) {
            assertThat(read).isEqualTo(plainly(new String(damaged, UTF_8)));
        }
    }

    private void checkArchive(Random random) throws IOException {
        Path file = newFolder().resolve("docs.jsonl.gz");
        List<byte[]> members = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            texts.add(lines(random, 10 * i, 1 + random.nextInt(4)));
            members.add(gzip(texts.get(i).getBytes(UTF_8)));
            whole.writeBytes(members.get(i));
        }
        byte[] damaged = random.nextInt(4) == 0 // between members, where it is hardest to see
                ? Arrays.copyOf(whole.toByteArray(), members.get(0).length + random.nextInt(12))
                : Damage.of(random, whole.toByteArray());
        Files.write(file, damaged);
        Map<String, String> read = read(file, file);
        if (read != null) {
            // A changed bit may say nothing about the content, such as one that fills up a byte.
            boolean sameLength = damaged.length == whole.size();
            int last = damaged.length - members.get(members.size() - 1).length;
            boolean sameEnd = sameLength && !isPadding(damaged, last);
            assertThat(read).isEqualTo(plainly(sameEnd ? String.join("", texts) : content(damaged, members, texts)));
        }
    }

    /** Returns what an archive of known members contains, or fails if it contains anything else. */
    private static String content(byte[] archive, List<byte[]> members, List<String> texts) {
        StringBuilder content = new StringBuilder();
        int at = 0;
        while (at < archive.length && (at == 0 || !isPadding(archive, at))) {
            int found = -1;
            for (int i = 0; i < members.size(); i++) {
                found = isAt(archive, at, members.get(i)) ? i : found;
            }
            assertThat(found).as("a whole member at byte %s", at).isNotNegative();
            content.append(texts.get(found));
            at += members.get(found).length;
        }
        return content.toString();
    }

    /** Returns whether only zeros follow, which may fill up an archive. */
    private static boolean isPadding(byte[] archive, int at) {
        return IntStream.range(at, archive.length).allMatch(i -> archive[i] == 0);
    }

    /** The time, level and system in a header say nothing about the content. */
    private static boolean isAt(byte[] archive, int at, byte[] member) {
        for (int i = 0; i < member.length; i++) {
            if (at + i >= archive.length || (archive[at + i] != member[i] && (i < 4 || i > 9))) {
                return false;
            }
        }
        return true;
    }

    private void checkFolder(Random random) throws IOException {
        Path folder = newFolder();
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < 1 + random.nextInt(6); i++) {
            byte[] text = (words(random) + "\n" + words(random)).getBytes(UTF_8);
            String name = name(random) + i % 3 + ".txt";
            Path file = Path.of(URI.create(folder.toUri() + name));
            boolean known = files.put(name, text) != null || Files.exists(file);
            Files.write(file, text);
            assertThat(known || Files.exists(file)).isTrue();
        }
        String victim = List.copyOf(files.keySet()).get(random.nextInt(files.size()));
        Path damaged = Path.of(URI.create(folder.toUri() + victim));
        files.put(victim, Damage.of(random, files.get(victim)));
        Files.write(damaged, files.get(victim));
        Map<String, String> read = read(folder, damaged);
        if (read != null) {
            assertThat(read).hasSameSizeAs(files);
            assertThat(read.values())
                    .containsExactlyInAnyOrderElementsOf(files.values().stream()
                            .map(bytes -> new String(bytes, UTF_8))
                            .toList());
        }
    }

    private void checkPages(Random random) throws IOException {
        Path folder = newFolder();
        int pages = 1 + random.nextInt(5);
        int victim = random.nextInt(pages);
        for (int i = 0; i < pages; i++) {
            byte[] page = ("<html><title>" + i + "</title><body><p>word" + i + "</p>" + words(random)
                            + "</body></html>")
                    .getBytes(UTF_8);
            boolean packed = random.nextBoolean();
            byte[] file = packed ? gzip(page) : page;
            Files.write(
                    folder.resolve("p" + i + (i % 2 == 0 ? ".html" : ".htm") + (packed ? ".gz" : "")),
                    i == victim ? Damage.of(random, file) : file);
        }
        Map<String, String> read = read(folder, folder);
        if (read != null) {
            assertThat(read).hasSize(pages);
            for (int i = 0; i < pages; i++) {
                if (i != victim) {
                    assertThat(String.join("\n", read.values())).contains("word" + i);
                }
            }
        }
    }

    private void checkJudged(Random random) throws IOException {
        Path folder = newFolder();
        int documents = 1 + random.nextInt(6);
        int queries = 1 + random.nextInt(3);
        StringBuilder qrels = new StringBuilder("query-id\tcorpus-id\tscore\n");
        StringBuilder asked = new StringBuilder();
        for (int i = 0; i < queries; i++) {
            asked.append("{\"_id\": \"q").append(i).append("\", \"text\": \"steam\"}\n");
            qrels.append("q")
                    .append(i)
                    .append("\td")
                    .append(random.nextInt(documents))
                    .append("\t1\n");
        }
        Map<String, byte[]> files = new TreeMap<>(Map.of(
                "corpus.jsonl", lines(random, 0, documents).getBytes(UTF_8),
                "queries.jsonl", asked.toString().getBytes(UTF_8),
                "qrels/test.tsv", qrels.toString().getBytes(UTF_8)));
        String victim = List.copyOf(files.keySet()).get(random.nextInt(files.size()));
        files.put(victim, Damage.of(random, files.get(victim)));
        for (Map.Entry<String, byte[]> each : files.entrySet()) {
            boolean packed = random.nextInt(3) == 0;
            Path file = folder.resolve(each.getKey() + (packed ? ".gz" : ""));
            Files.createDirectories(file.getParent());
            Files.write(file, packed ? gzip(each.getValue()) : each.getValue());
        }
        Corpus corpus;
        try {
            corpus = Corpus.open(folder.toString());
        } catch (GeothermException refused) {
            assertThat(refused).hasMessageContaining(folder.toString());
            return;
        }
        assertThat(read(corpus)).isEqualTo(plainly(text(files, "corpus.jsonl")));
        assertThat(corpus.queries())
                .extracting(CorpusQuery::id)
                .containsExactlyInAnyOrderElementsOf(
                        plainly(text(files, "queries.jsonl")).keySet());
        String judged = text(files, "qrels/test.tsv");
        assertThat(corpus.judgements()).as(judged).hasSize(judgements(judged));
    }

    /** Counts rows in the simplest way; a header is a first row without a grade. A lone carriage return ends no row. */
    private static int judgements(String rows) {
        List<String> filled =
                Stream.of(rows.split("\n")).filter(row -> !row.isBlank()).toList();
        boolean headed = !filled.isEmpty()
                && rows.startsWith(filled.get(0))
                && !filled.get(0).matches("(?s).*\\d\\s*");
        return filled.size() - (headed ? 1 : 0);
    }

    private static String text(Map<String, byte[]> files, String name) {
        return new String(files.get(name), UTF_8);
    }

    /** Returns a name in a URI; some are not UTF-8, and look alike in Java. */
    private static String name(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> "plain";
            case 1 -> "%E6%B8%A9";
            case 2 -> "%" + HexFormat.of().withUpperCase().toHexDigits((byte) (0xC0 + random.nextInt(4))) + "x";
            default -> "a%20b";
        };
    }

    private void checkChange(Random random) throws IOException {
        Path file = newFolder().resolve("docs.jsonl");
        Files.writeString(file, lines(random, 0, 2 + random.nextInt(8)));
        Corpus corpus = Corpus.open(file.toString());
        Map<String, String> before = read(corpus);
        byte[] changed = Damage.of(random, Files.readAllBytes(file));
        Files.write(file, changed);
        try {
            assertThat(read(corpus)).isEqualTo(before);
        } catch (GeothermException refused) {
            assertThat(refused).hasMessageContaining(file.toString());
        }
    }

    /** Returns the texts by id, or null if the corpus was refused by a message that names the file. */
    private static @Nullable Map<String, String> read(Path corpus, Path damaged) {
        try {
            return read(Corpus.open(corpus.toString()));
        } catch (GeothermException refused) {
            assertThat(refused).hasMessageContaining(damaged.getFileName().toString());
            return null;
        }
    }

    private static Map<String, String> read(Corpus corpus) {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Document> documents = corpus.documents()) {
            documents.forEach(each -> texts.put(each.id(), each.text()));
        }
        assertThat(texts).hasSize(corpus.size());
        return texts;
    }

    /** Reads lines in the simplest way. */
    private static Map<String, String> plainly(String lines) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (String line : lines.split("\n")) {
            if (!line.isBlank()) {
                JsonNode object = JSON.readTree(line.startsWith("\uFEFF") ? line.substring(1) : line);
                String before = texts.put(
                        object.path(object.has("_id") ? "_id" : "id").asText(),
                        object.path("text").textValue());
                assertThat(before).as("the same id twice").isNull();
            }
        }
        return texts;
    }

    private static String lines(Random random, int first, int count) {
        StringBuilder lines = new StringBuilder();
        for (int i = first; i < first + count; i++) {
            lines.append("{\"_id\": \"d")
                    .append(i)
                    .append("\", \"text\": \"")
                    .append(words(random))
                    .append("\"}\n");
        }
        return lines.toString();
    }

    private static String words(Random random) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < random.nextInt(6); i++) {
            words.append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return words.toString();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private Path newFolder() throws IOException {
        return Files.createDirectory(scratch.resolve("case" + cases++));
    }
}
