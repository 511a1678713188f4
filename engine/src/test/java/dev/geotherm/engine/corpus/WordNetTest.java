package dev.geotherm.engine.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.GeothermException;
import dev.geotherm.batch.measure.TextLines;
import dev.geotherm.batch.measure.TrecRun;
import dev.geotherm.testkit.RandomCases;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordNetTest {
    @Test
    void allOfItHasTheCountsOfTheData() {
        Corpus corpus = Corpus.open("wordnet:all");

        assertThat(corpus.size()).isEqualTo(117_791);
        // 48,571 parts are quoted; 14 of them are words within a definition, not examples set apart from it.
        assertThat(corpus.queries()).hasSize(48_557);
        assertThat(corpus.judgements()).hasSize(48_557);
        try (Stream<Document> documents = corpus.documents()) {
            Set<String> ids = new HashSet<>();
            documents.forEach(document -> {
                if (!ids.add(document.id())
                        || !TrecRun.isColumn(document.id())
                        || document.title().isBlank()
                        || document.text().isBlank()) {
                    throw new AssertionError(document);
                }
            });
            assertThat(ids).hasSize(117_791);
            assertThat(corpus.judgements().stream().allMatch(judged -> ids.contains(judged.document())))
                    .isTrue();
        }
        assertThat(corpus.queries().stream().filter(query -> query.text().isBlank()))
                .isEmpty();
    }

    @Test
    void theSliceIsSmallAndAlwaysTheSame() {
        Corpus corpus = Corpus.open("wordnet");

        assertThat(corpus.size()).isBetween(11_500, 12_500);
        assertThat(corpus.queries()).hasSizeBetween(900, 1_100);
        List<Document> documents = documents(corpus);
        assertThat(documents).hasSize(corpus.size()).isEqualTo(documents(corpus));
        assertThat(documents.get(0)).returns("n-00001740", Document::id).returns("entity", Document::title);
        assertThat(documents.stream().map(d -> d.id().charAt(0)).distinct()).containsExactly('n', 'v', 'a', 'r');
        Set<String> ids = new HashSet<>(documents.stream().map(Document::id).toList());
        assertThat(corpus.judgements()).allMatch(judged -> ids.contains(judged.document()) && judged.grade() == 1);
        assertThat(corpus.judgements().stream().map(Judgement::query))
                .containsExactlyElementsOf(
                        corpus.queries().stream().map(CorpusQuery::id).toList());
    }

    @Test
    void aSynsetIsReadWithoutItsExamples() {
        Synset synset = parse(
                "00001740 00 s 02 able(p) 0 un_able 1 001 = 05207437 n 0000"
                        + " | having \"means\"; (also) a skill: \"able to swim\"; \"she was able\"- Shakespeare; used before nouns");

        assertThat(synset.id()).isEqualTo("a-00001740");
        assertThat(synset.words()).isEqualTo("able, un able");
        assertThat(synset.definition()).isEqualTo("having \"means\"; (also) a skill; used before nouns");
        assertThat(synset.examples()).containsExactly("able to swim", "she was able");
        assertThat(synset.queryId(1)).isEqualTo("a-00001740-2");
    }

    @Test
    void wordsAreCountedInHexadecimal() {
        String words = "w 0 ".repeat(16);
        assertThat(parse("00000001 00 n 10 " + words + "000 | d").words().split(", "))
                .hasSize(16);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00000001 00 n",
                "00000001 00 n zz a 0 000 | d",
                "00000001 00 n 09 a 0 000 | d",
                "00000001 00 n 01 a 0 000",
                "00000001 00 n 7fffffff a 0 000 | d",
                "00000001 00 n -5 a 0 000 | d",
                "1 00 n 01 a 0 000 | d"
            })
    void whatIsNoSynsetIsRefused(String line) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(GeothermException.class)
                .hasMessageStartingWith("data:1: ");
    }

    private static Synset parse(String line) {
        Matcher offset = Pattern.compile("[0-9]{8}").matcher(line);
        long start = offset.lookingAt() ? Long.parseLong(offset.group()) : 0;
        try (TextLines lines = TextLines.of("data", new ByteArrayInputStream((line + "\n").getBytes(UTF_8)))) {
            return SynsetLine.of(lines, lines.next(), 'a', start).synset(lines.where());
        }
    }

    /** Returns a data file in which each line begins with its offset. */
    private static byte[] data(Random random) {
        StringBuilder data = new StringBuilder("  1 This is the licence.\n  2 It has two lines.\n");
        for (int i = 0; i < 1 + random.nextInt(6); i++) {
            String word = List.of("steam", "hot_spring", "caf\u00e9").get(random.nextInt(3));
            data.append(String.format(
                    "%08d 03 n %02x %s000 | a definition of %s; \"it rises\"  \n",
                    data.toString().getBytes(UTF_8).length, 1 + i, (word + " 0 ").repeat(1 + i), word));
        }
        return data.toString().getBytes(UTF_8);
    }

    private static List<String> ids(byte[] data) {
        List<String> ids = new ArrayList<>();
        try (SynsetFile file = new SynsetFile(TextLines.of("data.noun", new ByteArrayInputStream(data)), 'n')) {
            for (SynsetLine line = file.next(); line != null; line = file.next()) {
                ids.add(line.synset(file.where()).id());
            }
        }
        return ids;
    }

    /** A cut at the end of a line cannot be seen in the file; the jar that contains it has a checksum. */
    private static void checkDamage(Random random) {
        byte[] whole = data(random);
        List<String> all = ids(whole);
        byte[] damaged = Damage.of(random, whole);
        List<String> read;
        try {
            read = ids(damaged);
        } catch (GeothermException refused) {
            assertThat(refused).message().matches("(?s)data\\.noun:\\d+: .*");
            return;
        }
        assertThat(read).isEqualTo(all.subList(0, read.size()));
        assertThat(damaged.length < whole.length || read.size() == all.size()).isTrue();
    }

    @Test
    void damagedFile_isReadToItsEndOrRefusedWithThePlace() {
        RandomCases.run(1_000, WordNetTest::checkDamage);
    }

    @Test
    @Tag("full")
    void damagedFile_longRun() {
        RandomCases.run(30_000, WordNetTest::checkDamage);
    }

    private static List<Document> documents(Corpus corpus) {
        try (Stream<Document> documents = corpus.documents()) {
            return documents.toList();
        }
    }
}
