package dev.geotherm.engine.corpus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.Zstd;
import dev.geotherm.api.GeothermException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of JSON lines and folders in the layout of BEIR. */
class JsonCorpusTest {
    private static final String ONE = "{\"_id\": \"1\", \"title\": \"T\", \"text\": \"one\"}\n";
    private static final String TWO = "{\"_id\": \"2\", \"text\": \"\"}\n";
    private static final String QUERY = "{\"_id\": \"q\", \"text\": \"what\"}\n";
    private static final String HEADER = "query-id\tcorpus-id\tscore\n";

    @TempDir
    Path folder;

    @Test
    void aFileOfJsonLinesGivesItsDocumentsInOrder() throws IOException {
        Path file = write(
                "docs.jsonl", ONE + "\n" + "{\"id\": 7, \"text\": \"seven\", \"title\": null, \"url\": [1]}\n" + TWO);
        Corpus corpus = Corpus.open(file.toString());

        assertThat(corpus.name()).isEqualTo("docs.jsonl");
        assertThat(corpus.size()).isEqualTo(3);
        assertThat(documents(corpus))
                .containsExactly(
                        new Document("1", "T", "one", file + ":1"),
                        new Document("7", "", "seven", file + ":3"),
                        new Document("2", "", "", file + ":4"));
        assertThat(documents(corpus)).isEqualTo(documents(corpus));
        assertThat(documents(corpus).get(2).isEmpty()).isTrue();
        assertThat(corpus.queries()).isEmpty();
        assertThat(corpus.judgements()).isEmpty();
    }

    @Test
    void aFolderOfBeirGivesQueriesAndJudgementsToo() throws IOException {
        write("corpus.jsonl", ONE + TWO);
        write("queries.jsonl", QUERY);
        write("qrels/test.tsv", HEADER + "q\t2\t1\nq\t1\t-1\n");
        write("qrels/dev.tsv", HEADER + "nobody\t2\t1\n");
        Corpus corpus = Corpus.open(folder.toString());

        assertThat(corpus.name()).isEqualTo(folder.getFileName().toString());
        assertThat(documents(corpus)).extracting(Document::id).containsExactly("1", "2");
        assertThat(corpus.queries()).containsExactly(new CorpusQuery("q", "what"));
        assertThat(corpus.judgements()).containsExactly(new Judgement("q", "2", 1), new Judgement("q", "1", -1));
        assertThat(corpus.notes()).isEmpty();
    }

    @Test
    void everyFileMayBePacked() throws IOException {
        pack("corpus.jsonl.gz", ONE);
        pack("queries.jsonl.gz", QUERY);
        pack("qrels/train.tsv.gz", HEADER + "q\t1\t1\n");
        Corpus corpus = Corpus.open(folder.toString());

        assertThat(documents(corpus)).extracting(Document::text).containsExactly("one");
        assertThat(corpus.judgements()).hasSize(1);
        assertThat(corpus.notes()).singleElement().asString().contains("train.tsv.gz");
        assertThat(documents(Corpus.open(folder.resolve("corpus.jsonl.gz").toString())))
                .hasSize(1);
    }

    @Test
    void everyFileMayBeCompressedWithZstandard() throws IOException {
        writeBytes("corpus.jsonl.zst", zstandard(ONE + TWO));
        writeBytes("queries.jsonl.zst", zstandard(QUERY));
        writeBytes("qrels/test.tsv.zst", zstandard(HEADER + "q\t1\t1\n"));
        Corpus corpus = Corpus.open(folder.toString());

        assertThat(documents(corpus)).hasSize(2);
        assertThat(corpus.judgements()).hasSize(1);
        assertThat(corpus.notes()).isEmpty();
        Path file = folder.resolve("corpus.jsonl.zst");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        assertRefused(folder, file.toString(), "ends too early");
    }

    @Test
    void anArchiveUnderThePlainNameIsRead() throws IOException {
        Path file = pack("docs.jsonl", ONE + TWO);
        assertThat(documents(Corpus.open(file.toString()))).hasSize(2);
        Files.write(file, zstandard(ONE));
        assertThat(documents(Corpus.open(file.toString()))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "%PDF-1.4, a PDF",
        "PK\003\004 xx, a zip archive",
        "\3757zXZ, an archive of xz; unpack it with unxz",
        "BZh91AY&SY, an archive of bzip2",
        "'\004\"M\030', an archive of LZ4",
    })
    void anotherFormatUnderThisNameIsCalledWhatItIs(String start, String kind) throws IOException {
        Path file = writeBytes("docs.jsonl", start.getBytes(ISO_8859_1));
        assertRefused(file, file.toString(), "is not text but " + kind);
    }

    @Test
    void queriesWithoutJudgementsAreNoted() throws IOException {
        write("corpus.jsonl", ONE);
        write("queries.jsonl", QUERY);
        assertThat(Corpus.open(folder.toString()).notes())
                .singleElement()
                .asString()
                .contains("no judgements");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    {"_id": "2", "text": "cut of   | not one whole JSON object
                    {"_id": "2"                    | not one whole JSON object
                    {"_id": "2", "text": "x"} more | not one whole JSON object
                    {"_id": "2", "_id": "3"}       | not one whole JSON object
                    nonsense                       | not one whole JSON object
                    ["2", "x"]                     | a JSON object with id and text was expected, not an array
                    {"text": "x"}                  | member 'id' is missing
                    {"_id": "2"}                   | member 'text' is missing
                    {"_id": "2", "text": 5}        | member 'text' is number
                    {"_id": "2", "text": null}     | member 'text' is null
                    {"_id": "2", "text": "x", "title": ["a"]} | member 'title' is array
                    {"_id": 2.5, "text": "x"}      | member '_id' is number
                    {"_id": " ", "text": "x"}      | member '_id' is blank
                    {"_id": "2", "text": "\\ud800"}| unpaired surrogate
                    """)
    void badLinesAreRefusedByNumber(String line, String reason) throws IOException {
        Path file = write("docs.jsonl", ONE + "\n" + line + "\n");
        assertRefused(file, file + ":3: ", reason);
    }

    @Test
    void whatIsNotAskedForIsSkipped() throws IOException {
        Path file = write(
                "docs.jsonl",
                "{\"id\": \"1\", \"vector\": [NaN, Infinity, -Infinity], \"n\": " + "9".repeat(5_000) + ", \"deep\": "
                        + "[".repeat(20_000) + "]".repeat(20_000) + ", \"x\": 1, \"x\": 2, \"text\": \""
                        + "word ".repeat(5_000_000) + "\"}\n");
        assertThat(documents(Corpus.open(file.toString())))
                .singleElement()
                .satisfies(each -> assertThat(each.text()).hasSize(25_000_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\": \"1\", \"text\": \"a\"",
                "{\"id\": \"1\", \"text\": \"a\", \"x\": [1, 2",
                "{\"id\": \"1\", \"text\": 'a'}",
                "{id: 1}",
                "{\"id\": 1, \"text\": \"\\x\"}",
                "{\"id\": 1 \"text\": \"\"}",
                "\u0001"
            })
    void messagesSayNothingAboutTheLibraryBelow(String line) throws IOException {
        Path file = write("docs.jsonl", line);
        assertThatThrownBy(() -> Corpus.open(file.toString()))
                .isInstanceOf(GeothermException.class)
                .hasMessageStartingWith(file + ":1: is not one whole JSON object")
                .message()
                .doesNotContainIgnoringCase("source")
                .doesNotContain("Stream", "Jackson", "JsonRead");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"id\": \"1\", /* no */ \"text\": \"a\"} | JSON has no comments; remove them",
                "{\"id\": \"1\", \"text\": \"a\"} // no | JSON has no comments; remove them",
                "# {\"id\": \"1\"} | JSON has no comments; remove them",
                "{\"id\": \"1\", \"text\": \"a\u0007b\"} | the control character U+0007 must be escaped",
                "{\"id\": \"1\", \"text\": \"a\tb\"} | the control character U+0009 must be escaped",
                "{\"id\": \"1\", \uFEFF\"text\": \"a\"} | there is a byte order mark in the middle",
                "{\"id\": \"1\", \"text\": \"a\"}\uFEFF{\"id\": \"2\"} | there is a byte order mark in the middle",
                "{\"id\": \"1\", \"text\": \"a\"}\r{\"id\": \"2\", \"text\": \"b\"} | its lines end with carriage returns only",
                "{\"id\": \"1\", \"text\": \"a\"} {\"id\": \"2\", \"text\": \"b\"} | more follows the object; one object per line was expected",
                "{\"id\": \"1\", \"text\": \"a | the JSON ends before it is complete",
                "{ | it continues in the next line; write one object per line",
                "{\"id\": \"1\", \"text\": 0x1F} | Unexpected character 'x'; a comma or '}' was expected",
                "{\"id\": \"1\", \"text\": \"\\x41\"} | JSON has no escape \\x in texts"
            })
    void messagesSayWhatIsWrongInPlainWords(String line, String reason) throws IOException {
        Path file = write("docs.jsonl", line + "\n");
        assertRefused(file, file + ":1: is not one whole JSON object (column ", "): " + reason);
        assertThatThrownBy(() -> Corpus.open(file.toString()))
                .message()
                .doesNotContain("ALLOW_", "CTRL-CHAR", "(code", "Feature", "non-standard");
    }

    @Test
    void aPipeIsRefusedWithWhatToDo() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "no named pipes");
        assertRefused(pipe, pipe.toString(), "is a pipe or a device");
        assertRefused(pipe, pipe.toString(), "write it into a file first");
    }

    @Test
    void idsThatWouldBreakOtherProgramsAreRefusedWhereThereAreQueries() throws IOException {
        Path file = write("corpus.jsonl", ONE.replace("\"1\"", "\"a\\u0000b\""));
        assertThat(documents(Corpus.open(folder.toString()))).hasSize(1);
        write("queries.jsonl", QUERY);
        assertRefused(folder, file + ":1: ", "control character");
        write("corpus.jsonl", ONE);
        Path queries = write("queries.jsonl", QUERY.replace("\"q\"", "\"q\\u001b[2J\""));
        assertRefused(folder, queries + ":1: ", "control character");
        write("corpus.jsonl", ONE.replace("\"1\"", "\"" + "x".repeat(8_000) + "\""));
        assertRefused(folder, file + ":1: ", "ids must be short");
    }

    @Test
    void aSplitMayBeChosen() throws IOException {
        write("corpus.jsonl", ONE + TWO);
        write("queries.jsonl", QUERY);
        write("qrels/test.tsv", HEADER + "q\t1\t1\n");
        write("qrels/dev.tsv", HEADER + "q\t2\t1\n");
        CorpusOptions dev = CorpusOptions.defaults().withSplit("dev");
        assertThat(Corpus.open(folder.toString(), dev).judgements()).containsExactly(new Judgement("q", "2", 1));
        for (String split : List.of("train", "../test", "")) {
            CorpusOptions options = CorpusOptions.defaults().withSplit(split);
            if (split.isEmpty()) {
                assertThat(Corpus.open(folder.toString(), options).judgements()).hasSize(1);
            } else {
                assertThatThrownBy(() -> Corpus.open(folder.toString(), options))
                        .isInstanceOf(GeothermException.class)
                        .hasMessageContaining(split);
            }
        }
        assertThatThrownBy(() -> Corpus.open("wordnet", dev)).hasMessageContaining("has no splits");
    }

    @Test
    void judgementsOfUnknownQueriesAreKeptWhereThatIsWanted() throws IOException {
        write("corpus.jsonl", ONE);
        write("queries.jsonl", QUERY);
        write("qrels/test.tsv", HEADER + "q\t1\t1\nother\t1\t1\n");
        assertRefused(folder, "test.tsv:3", "there is no query 'other'");
        Corpus corpus = Corpus.open(folder.toString(), CorpusOptions.defaults().keepingUnknownJudgements());
        assertThat(corpus.judgements()).hasSize(2);
        assertThat(corpus.notes())
                .containsExactly("1 of 2 judgements are of queries that the corpus does not have;"
                        + " these count as not answered");
    }

    @Test
    void queriesThatAreDocumentsAreNoted() throws IOException {
        write("corpus.jsonl", ONE + TWO);
        write("queries.jsonl", "{\"_id\": \"1\", \"text\": \"one\"}\n");
        write("qrels/test.tsv", HEADER + "1\t2\t1\n");
        assertThat(Corpus.open(folder.toString()).notes())
                .singleElement()
                .asString()
                .contains("--exclude-query-document");
    }

    @Test
    void aFileThatLosesDocumentsAfterwardsFailsTheStream() throws IOException {
        Path file = write("docs.jsonl", ONE + TWO);
        Corpus corpus = Corpus.open(file.toString());
        write("docs.jsonl", ONE);
        assertThatThrownBy(() -> documents(corpus))
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining(file + ": was changed while it was read (documents at first: 2, now: 1)");
    }

    @Test
    void progressIsTheNumberOfDocuments() throws IOException {
        Path file = write("docs.jsonl", ONE + TWO);
        List<Long> read = new ArrayList<>();
        Corpus.open(file.toString(), CorpusOptions.defaults(), read::add);
        assertThat(read).containsExactly(1L, 2L);
    }

    @Test
    void aDuplicateIdIsRefusedWithBothLines() throws IOException {
        Path file = write("docs.jsonl", ONE + TWO + ONE);
        assertRefused(file, file + ":3: ", "duplicate id '1', also in " + file + ":1");
    }

    @Test
    void bytesThatAreNotUtf8AreRefusedByLine() throws IOException {
        Path file = Files.write(
                folder.resolve("docs.jsonl"), (ONE + TWO.replace("\"\"", "\"\u00E9\"")).getBytes(ISO_8859_1));
        assertRefused(file, file + ":2: ", "is not UTF-8");
    }

    @Test
    void aTruncatedArchiveIsRefused() throws IOException {
        Path file = pack("docs.jsonl.gz", ONE + TWO);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 10));
        assertRefused(file, file.toString(), "ends too early");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n"})
    void aFileWithoutDocumentsIsRefused(String content) throws IOException {
        Path file = write("docs.jsonl", content);
        assertRefused(file, file.toString(), "contains no document");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    other\\t1\\t1     | there is no query 'other'
                    q\\t3\\t1         | there is no document '3'
                    q\\t2\\tgood      | grade 'good' is not an integer
                    q\\t2            | has 2 columns
                    q\\t1\\t0         | judged before
                    """)
    void badJudgementsAreRefusedByLine(String row, String reason) throws IOException {
        write("corpus.jsonl", ONE + TWO);
        write("queries.jsonl", QUERY);
        Path file = write("qrels/test.tsv", HEADER + "q\t1\t1\n" + row.replace("\\t", "\t") + "\n");
        assertRefused(folder, file + ":3: ", reason);
    }

    @Test
    void badQueriesAreRefusedByLine() throws IOException {
        write("corpus.jsonl", ONE);
        Path file = write("queries.jsonl", QUERY + QUERY);
        assertRefused(folder, file + ":2: ", "duplicate id 'q', also in " + file + ":1");
        write("queries.jsonl", QUERY + "{\"_id\": \"r\", \"text\": \" \"}");
        assertRefused(folder, file + ":2: ", "query 'r' has no text");
        write("queries.jsonl", "");
        assertRefused(folder, file.toString(), "contains no query");
    }

    @Test
    void idsThatCannotStandInARunAreRefusedWhereThereAreQueries() throws IOException {
        Path file = write("corpus.jsonl", ONE.replace("\"1\"", "\"1 a\""));
        assertThat(documents(Corpus.open(folder.toString()))).hasSize(1);
        write("queries.jsonl", QUERY);
        assertRefused(folder, file + ":1: ", "has white space");
    }

    @Test
    void whatDoesNotFitTogetherIsRefused() throws IOException {
        write("corpus.jsonl", ONE);
        write("qrels/all.tsv", HEADER + "q\t1\t1\n");
        assertRefused(folder, folder.toString(), "no queries.jsonl");
        write("queries.jsonl", QUERY);
        assertRefused(folder, folder.resolve("qrels").toString(), "one of test.tsv, dev.tsv and train.tsv");
        write("qrels/test.tsv", HEADER);
        assertRefused(folder, folder.toString(), "contains no judgement");
        pack("corpus.jsonl.gz", ONE);
        assertRefused(folder, folder.toString(), "also exists as corpus.jsonl.gz");
    }

    @Test
    void whatIsNoCorpusIsRefusedWithWhatWasExpected() throws IOException {
        assertRefused(folder.resolve("none"), folder.toString(), "no such file or folder; expected 'wordnet'");
        assertRefused(write("a.csv", "x"), "a.csv", "is not a corpus; expected 'wordnet'");
        assertRefused(write("a.json", "[]"), "a.json", "write the elements of a JSON array as lines");
        assertThatThrownBy(() -> Corpus.open("")).hasMessageContaining("names nothing");
        assertThatThrownBy(() -> Corpus.open("a\0b"))
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining("is not a path");
    }

    @Test
    void aFileThatMayNotBeReadIsRefused() throws IOException {
        Path file = write("docs.jsonl", ONE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeTrue(!Files.isReadable(file), "this user may read everything");
        assertRefused(file, file.toString(), "may not be read");
    }

    @Test
    void aFileThatChangesAfterwardsFailsTheStreamByLine() throws IOException {
        Path file = write("docs.jsonl", ONE + TWO);
        Corpus corpus = Corpus.open(file.toString());
        write("docs.jsonl", ONE + "{");
        assertThatThrownBy(() -> documents(corpus))
                .isInstanceOf(GeothermException.class)
                .hasMessageStartingWith(file + ":2: ");
    }

    @Test
    void cranfieldIsReadWithItsEmptyDocuments() {
        Corpus corpus = Corpus.open(real("cranfield").toString());

        assertThat(corpus.size()).isEqualTo(1_400);
        List<Document> read = documents(corpus);
        assertThat(read.stream().filter(Document::isEmpty).map(Document::id)).containsExactly("471", "995");
        assertThat(corpus.queries()).hasSize(225);
        assertThat(corpus.judgements()).hasSize(1_837);
    }

    @Test
    void judgementsOfUnknownDocumentsAreKeptWhereThatIsWanted() throws IOException {
        write("corpus.jsonl", ONE);
        write("queries.jsonl", QUERY);
        write("qrels/test.tsv", HEADER + "q\t1\t1\nq\t7\t1\n");

        assertRefused(folder, "test.tsv:3", "--keep-unknown-judgements");
        Corpus corpus = Corpus.open(folder.toString(), CorpusOptions.defaults().keepingUnknownJudgements());
        assertThat(corpus.judgements()).containsExactly(new Judgement("q", "1", 1), new Judgement("q", "7", 1));
        assertThat(corpus.notes())
                .containsExactly(
                        "1 of 2 judgements are of documents that the corpus does not have; these count as never"
                                + " found");
    }

    @Test
    void cacmHasJudgementsOfDocumentsThatItDoesNotHave() {
        Corpus corpus =
                Corpus.open(real("cacm").toString(), CorpusOptions.defaults().keepingUnknownJudgements());
        assertThat(documents(corpus)).hasSize(3_204);
        assertThat(corpus.judgements()).hasSize(796);
        assertThat(corpus.notes()).singleElement().asString().startsWith("55 of 796");
    }

    private static Path real(String name) {
        String corpora = System.getProperty("geotherm.corpora");
        assumeTrue(corpora != null, "no folder of corpora: give one with -Dgeotherm.corpora=DIR");
        Path folder = Path.of(corpora, name);
        assumeTrue(Files.exists(folder), "there is no " + folder);
        return folder;
    }

    private static List<Document> documents(Corpus corpus) {
        try (Stream<Document> documents = corpus.documents()) {
            return documents.toList();
        }
    }

    private static void assertRefused(Path corpus, String start, String reason) {
        assertThatThrownBy(() -> Corpus.open(corpus.toString()))
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining(start)
                .hasMessageContaining(reason);
    }

    private Path write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private static byte[] zstandard(String content) {
        return Zstd.compress(content.getBytes(UTF_8));
    }

    private Path writeBytes(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    private Path pack(String name, String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content.getBytes(UTF_8));
        }
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes.toByteArray());
    }
}
