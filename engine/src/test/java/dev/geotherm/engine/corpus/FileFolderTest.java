package dev.geotherm.engine.corpus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.geotherm.api.GeothermException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileFolderTest {
    @TempDir
    Path outside;

    private Path folder;

    @BeforeEach
    void create() throws IOException {
        folder = Files.createDirectory(outside.resolve("notes"));
    }

    @Test
    void filesAreDocumentsInTheOrderOfTheirPaths() throws IOException {
        write("b.txt", "two\r\n lines");
        write("a/z.md", "# Head");
        write("a.TXT", "");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("c.txt.gz")))) {
            out.write("\uFEFFpacked".getBytes(UTF_8));
        }
        Corpus corpus = Corpus.open(folder.toString());

        assertThat(corpus.name()).isEqualTo("notes");
        assertThat(corpus.size()).isEqualTo(4);
        assertThat(documents(corpus)).extracting(Document::id).containsExactly("a.TXT", "a/z.md", "b.txt", "c.txt.gz");
        assertThat(documents(corpus))
                .extracting(Document::text)
                .containsExactly("", "# Head", "two\r\n lines", "packed");
        assertThat(corpus.notes()).isEmpty();
    }

    @Test
    void pagesAreReadAsAReaderSeesThem() throws IOException {
        write(
                "page.html",
                "<html><head><title>A &amp; B</title><style>p {}</style></head><body><h1>Head</h1><p>One\n <b>two</b>.</p>"
                        + "<p>Three<br>four</p><script>no()</script><pre>a\n  b</pre><ul><li>x<li>y</ul></body></html>");
        assertThat(documents(Corpus.open(folder.toString())).get(0))
                .returns("A & B", Document::title)
                .returns("Head\nOne two.\nThree\nfour\na\n  b\nx\ny", Document::text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    <select><option>Alpha<option>Beta</select>                  | Alpha Beta
                    <button>One</button><button>Two</button>                    | One Two
                    <label>Name</label><input><label>Age</label>                | Name Age
                    <svg><title>No</title><text>Left</text><text>Right</text></svg> | Left Right
                    <a href=x>Home</a><a href=y>News</a>                        | Home News
                    <b>re</b>open, <a href=x>wiki</a>s, x<sup>2</sup>           | reopen, wikis, x2
                    <my-tag>one</my-tag><my-tag>two</my-tag>                    | one two
                    a<template>no</template>b<noscript>no</noscript> c          | a b c
                    <p hidden>no</p>yes<p style="color:red;Display : NONE">no   | yes
                    <iframe>no</iframe><dialog>no</dialog><dialog open>yes      | yes
                    <div aria-hidden=true>yes</div><p hidden=until-found>too    | yes~too
                    one <button> two </button> three                            | one two three
                    """)
    void pagesSeparateWordsAndLeaveOutWhatIsNotShown(String page, String text) throws IOException {
        write("page.html", page);
        assertThat(documents(Corpus.open(folder.toString())).get(0).text()).isEqualTo(text.replace('~', '\n'));
    }

    @Test
    void namesThatReadTheSameAreDifferentDocuments() throws IOException {
        for (String name : List.of("caf%E9.txt", "caf%EA.txt", "caf%C3%A9.txt")) {
            Files.writeString(Path.of(URI.create(folder.toUri() + name)), name);
        }
        Corpus corpus = Corpus.open(folder.toString());

        assertThat(documents(corpus))
                .extracting(Document::id)
                .containsExactly("caf%E9.txt", "caf%EA.txt", "caf\u00e9.txt");
        assertThat(documents(corpus)).extracting(Document::text).doesNotHaveDuplicates();
        assertThat(corpus.notes()).singleElement().asString().startsWith("2 names of files are not in");
    }

    @Test
    void namesThatBecomeOneIdAreRefused() throws IOException {
        Files.writeString(Path.of(URI.create(folder.toUri() + "caf%E9.txt")), "one");
        write("caf%E9.txt", "two");
        assertRefused("its name is indistinguishable from another file's");
    }

    @Test
    void whatIsNoFileIsLeftOut() throws Exception {
        write("a.txt", "a");
        Files.createSymbolicLink(folder.resolve("self.txt"), folder.resolve("self.txt"));
        assumeTrue(
                new ProcessBuilder("mkfifo", folder.resolve("pipe.txt").toString())
                                .start()
                                .waitFor()
                        == 0,
                "no mkfifo");
        Corpus corpus = Corpus.open(folder.toString());

        assertThat(documents(corpus)).hasSize(1);
        assertThat(corpus.notes())
                .hasSize(2)
                .anyMatch(note -> note.contains("pipe.txt"))
                .anyMatch(note -> note.contains("self.txt"));
    }

    @Test
    void allUnreadableFilesAreInOneMessageOrSkipped() throws IOException {
        write("a.txt", "fine");
        Files.write(folder.resolve("b.txt"), new byte[] {(byte) 0xff});
        Files.write(folder.resolve("c.txt.gz"), new byte[] {1, 2, 3});
        write("d.txt", "%PDF-1.7 \u00e9");
        assertThatThrownBy(() -> Corpus.open(folder.toString()))
                .isInstanceOfSatisfying(
                        UnreadableFilesException.class,
                        refused -> assertThat(refused.problems())
                                .hasSize(3)
                                .anyMatch(problem -> problem.contains("pdftotext"))
                                .noneMatch(problem -> problem.contains("d.txt") && problem.contains("iconv")));

        Corpus corpus = Corpus.open(folder.toString(), CorpusOptions.defaults().skippingUnreadable());
        assertThat(documents(corpus)).extracting(Document::id).containsExactly("a.txt");
        assertThat(corpus.notes()).singleElement().asString().startsWith("skipped: 3 files that cannot be read");
    }

    @Test
    void aFileThatChangesAfterwardsFailsTheStream() throws IOException {
        write("a.txt", "one");
        write("b.txt", "two");
        Corpus corpus = Corpus.open(folder.toString());
        write("b.txt", "tvo");
        assertThatThrownBy(() -> documents(corpus))
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining("b.txt")
                .hasMessageContaining("was changed while it was read");
    }

    @Test
    void jsonLinesFilesAreThePartsOfOneCorpus() throws IOException {
        write("part-1.jsonl", "{\"docid\": \"b\", \"contents\": \"two\"}\n");
        write("part-0.jsonl", "{\"id\": \"a\", \"contents\": \"one\"}\n");
        write("README.md", "about the data");
        write("LICENSE.txt", "mine");
        Corpus corpus = Corpus.open(folder.toString());

        assertThat(documents(corpus)).extracting(Document::id).containsExactly("a", "b");
        assertThat(documents(corpus)).extracting(Document::text).containsExactly("one", "two");
        assertThat(corpus.notes()).singleElement().asString().startsWith("skipped: 2 text files");

        write("part-2.jsonl", "{\"id\": \"a\", \"contents\": \"again\"}\n");
        assertRefused("part-2.jsonl:1: duplicate id 'a', also in "
                + folder.toRealPath().resolve("part-0.jsonl") + ":1");
        Files.delete(folder.resolve("part-2.jsonl"));
        write("notes.txt", "which one is meant?");
        assertRefused("has both JSON Lines files, such as part-0.jsonl, and text files, such as notes.txt");
        Files.delete(folder.resolve("notes.txt"));
        write("queries.jsonl", "{\"id\": \"q\", \"text\": \"x\"}\n");
        assertRefused("has queries.jsonl but no corpus.jsonl");
    }

    @Test
    void queriesFurtherDownAreNoDocuments() throws IOException {
        write("cooking/corpus.jsonl", "{\"_id\": \"a\", \"text\": \"one\"}\n");
        write("cooking/queries.jsonl", "{\"_id\": \"q\", \"text\": \"x\"}\n");
        assertRefused("contains another corpus with queries, cooking/queries.jsonl");
    }

    @Test
    void filesBesideACorpusFileAreNoted() throws IOException {
        write("corpus.jsonl", "{\"_id\": \"a\", \"text\": \"one\"}\n");
        write("README.md", "about the data");
        assertThat(Corpus.open(folder.toString()).notes()).isEmpty();
        write("corpus-2.jsonl", "{\"_id\": \"b\", \"text\": \"two\"}\n");
        write("more/notes.txt", "three");
        write("queries.tsv", "q\tx\n");
        assertThat(Corpus.open(folder.toString()).notes())
                .containsExactly("skipped: 3 files next to corpus.jsonl, such as corpus-2.jsonl");
    }

    @Test
    void aFileOfACorpusThatIsABrokenLinkIsRefused() throws IOException {
        write("corpus.jsonl", "{\"_id\": \"a\", \"text\": \"one\"}\n");
        Path queries = Files.createSymbolicLink(folder.resolve("queries.jsonl"), outside.resolve("gone"));
        assertRefused("queries.jsonl");
        Files.delete(queries);
        write("queries.jsonl", "{\"_id\": \"q\", \"text\": \"x\"}\n");
        write("qrels/dev.tsv", "q\ta\t1\n");
        Files.createSymbolicLink(folder.resolve("qrels/test.tsv"), outside.resolve("gone"));
        assertRefused("test.tsv");
        Files.delete(folder.resolve("corpus.jsonl"));
        Files.createSymbolicLink(folder.resolve("corpus.jsonl"), outside.resolve("gone"));
        assertRefused("corpus.jsonl");
    }

    @Test
    void pagesMayDeclareAnotherEncoding() throws IOException {
        Files.write(
                folder.resolve("page.html"),
                "<meta charset=iso-8859-1><title>caf\u00E9</title>na\u00EFve".getBytes(ISO_8859_1));
        assertThat(documents(Corpus.open(folder.toString())).get(0))
                .returns("caf\u00E9", Document::title)
                .returns("na\u00EFve", Document::text);
    }

    @Test
    void hiddenFilesAreSkippedAndOthersCounted() throws IOException {
        write("a.txt", "a");
        write(".hidden.txt", "no");
        write(".git/b.txt", "no");
        write("z.pdf", "no");
        write("b.jpg", "no");
        Corpus corpus = Corpus.open(folder.toString());

        assertThat(documents(corpus)).extracting(Document::id).containsExactly("a.txt");
        assertThat(corpus.notes())
                .containsExactly(
                        "skipped: 2 files that are not .txt, .md, .html or .jsonl, such as b.jpg",
                        "skipped: 1 hidden file, .hidden.txt");
    }

    @Test
    void aFileAndItsArchiveAreRefused() throws IOException {
        write("a.txt", "a");
        write("sub/b.md", "b");
        pack("a.txt.gz", "a");
        write("sub/b.md.zst", "b");
        assertThatThrownBy(() -> Corpus.open(folder.toString()))
                .isInstanceOf(GeothermException.class)
                .hasMessage(folder.resolve("a.txt")
                        + ": also exists as a.txt.gz; remove one of them (there are 1 more such pairs)");
        Files.delete(folder.resolve("a.txt.gz"));
        pack("sub/b.md.gz", "b");
        Files.delete(folder.resolve("sub/b.md"));
        assertThatThrownBy(() -> Corpus.open(folder.toString()))
                .hasMessage(folder.resolve("sub/b.md.gz") + ": also exists as b.md.zst; remove one of them");
    }

    @Test
    void shortNamesOfFormatsAreReadToo() throws IOException {
        write("page.htm", "<title>t</title>x");
        assertThat(documents(Corpus.open(folder.toString()))).singleElement().returns("t", Document::title);
        Files.delete(folder.resolve("page.htm"));
        write("docs.ndjson", "{\"id\": \"1\", \"text\": \"a\"}\n");
        assertThat(documents(Corpus.open(folder.toString())))
                .extracting(Document::id)
                .containsExactly("1");
    }

    @ParameterizedTest
    @CsvSource({
        "a.json, jq -c",
        "page.xhtml, rename .xhtml to .html",
        "docs.jsonl.xz, unpack .xz",
        "collection.tsv.gz, jq -Rc",
        "texts.CSV, mlr --icsv",
        "train.parquet, duckdb",
    })
    void aFolderWithoutDocumentsSaysWhatToDo(String name, String remedy) throws IOException {
        write(name, "x");
        assertThatThrownBy(() -> Corpus.open(folder.toString()))
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining("contains no document")
                .hasMessageContaining(remedy);
    }

    @Test
    void linksAreNotFollowedOutOfTheFolderNorRound() throws IOException {
        write("a.txt", "a");
        Files.writeString(outside.resolve("secret.txt"), "secret");
        Files.createSymbolicLink(folder.resolve("out.txt"), outside.resolve("secret.txt"));
        Files.createSymbolicLink(folder.resolve("round"), folder);
        Files.createSymbolicLink(folder.resolve("gone.txt"), folder.resolve("nowhere"));
        Files.createSymbolicLink(folder.resolve("in.txt"), folder.resolve("a.txt"));
        Corpus corpus = Corpus.open(folder.toString());

        assertThat(documents(corpus)).extracting(Document::text).containsExactly("a", "a");
        assertThat(corpus.notes())
                .containsExactly(
                        "skipped: 2 symbolic links to folders or out of the folder, such as out.txt",
                        "skipped: 1 symbolic link to a file that does not exist, gone.txt");
    }

    @Test
    void theFolderItselfMayBeALink() throws IOException {
        write("a.txt", "a");
        Path link = Files.createSymbolicLink(outside.resolve("link"), folder);
        assertThat(documents(Corpus.open(link.toString()))).hasSize(1);
    }

    @Test
    void bytesThatAreNotTextAreRefusedByFileAndLine() throws IOException {
        write("a.txt", "fine");
        Path file = Files.write(folder.resolve("b.txt"), "one\ntwo\ncaf\u00E9".getBytes(ISO_8859_1));
        assertRefused(file + ":3: is not UTF-8");
        Files.write(file, new byte[] {'a', '\n', 0, 1});
        assertRefused(file + ":2: is binary");
        Files.delete(file);
        Path page = Files.write(folder.resolve("p.html"), "<p>\n\u00E9".getBytes(ISO_8859_1));
        assertRefused(page + ":2: is not UTF-8");
        Files.delete(page);
        Path packed = Files.write(folder.resolve("c.md.gz"), "plain".getBytes(UTF_8));
        assertRefused(packed + ": is not a whole archive");
    }

    @Test
    void aFolderWithoutTextIsRefused() throws IOException {
        assertRefused("contains no document");
        write("a.pdf", "x");
        assertRefused("contains no document");
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(() -> Corpus.open(folder.toString()))
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining(reason);
    }

    private static List<Document> documents(Corpus corpus) {
        try (Stream<Document> documents = corpus.documents()) {
            return documents.toList();
        }
    }

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void pack(String name, String content) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            out.write(content.getBytes(UTF_8));
        }
    }
}
