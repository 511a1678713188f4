package dev.geotherm.engine.corpus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.GeothermException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFolderTest {
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
        assertThat(corpus.notes()).containsExactly("left out: 2 files that are not .txt, .md or .html, such as b.jpg");
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
                .containsExactly("left out: 3 symbolic links to folders or out of the folder, such as gone.txt");
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
        assertRefused(packed + ": is not a whole gzip archive");
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
}
