package dev.geotherm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.geotherm.api.GeothermException;
import dev.geotherm.engine.Splitter.Piece;
import dev.geotherm.engine.corpus.Corpus;
import dev.geotherm.engine.corpus.Document;
import dev.geotherm.testkit.RandomCases;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SplitterTest {
    private static final String[] PARTS = {
        "word",
        "a",
        " ",
        "  ",
        "\n",
        "\r\n",
        "\t",
        ". ",
        "! ",
        "? ",
        ".",
        "\u3002",
        "\uD83D\uDE00",
        "e\u0301",
        "\u0301",
        "o\u0308\u0323",
        "\uD834\uDD1E",
        "\u00A0",
        "\u2003",
        "antidisestablishmentarianism",
        "x".repeat(40),
        "\u4E2D\u6587",
        "(\"Why?\") ",
        "Mr. ",
        "3.14",
        "\uFE0F",
        "\u0915\u093F",
        "a" + "\u0300".repeat(30)
    };

    @Test
    void split_textThatFitsStaysWholeWithoutMargins() {
        assertThat(new Splitter(12).split("  One. Two.\n")).containsExactly(new Piece(2, 11, "One. Two."));
    }

    @Test
    void split_endsPiecesAtSentencesIfPossible() {
        assertThat(new Splitter(25).split("First one here. The second one. Third. Then a fourth!"))
                .extracting(Piece::text)
                .containsExactly("First one here.", "The second one. Third.", "Then a fourth!");
    }

    @Test
    void split_cutsLongSentencesAtSpaces() {
        assertThat(new Splitter(10).split("one two three four five"))
                .extracting(Piece::text)
                .containsExactly("one two", "three four", "five");
    }

    @Test
    void split_cutsLongWordsBetweenCharacters() {
        assertThat(new Splitter(4).split("abcdefghij")).extracting(Piece::text).containsExactly("abcd", "efgh", "ij");
        assertThat(new Splitter(3).split("\uD83D\uDE00\uD83D\uDE00"))
                .extracting(Piece::text)
                .containsExactly("\uD83D\uDE00", "\uD83D\uDE00");
        assertThat(new Splitter(3).split("abe\u0301f")).extracting(Piece::text).containsExactly("ab", "e\u0301f");
    }

    @Test
    void split_keepsEmojiOfSeveralCodePoints() {
        String family = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67";
        String flag = "\uD83C\uDDEE\uD83C\uDDF8";
        String hand = "\uD83D\uDC4B\uD83C\uDFFD";
        for (String emoji : List.of(family, flag, hand)) {
            for (int limit = emoji.length(); limit < 3 * emoji.length(); limit++) {
                assertThat(new Splitter(limit).split(emoji.repeat(7)))
                        .extracting(Piece::text)
                        .as("at most %s", limit)
                        .allMatch(each -> each.replace(emoji, "").isEmpty());
            }
        }
    }

    @Test
    void split_cutsALetterWithTooManyMarks() {
        String text = "a" + "\u0300".repeat(9);
        assertThat(String.join(
                        "",
                        new Splitter(4).split(text).stream().map(Piece::text).toList()))
                .isEqualTo(text);
    }

    @Test
    void split_blankTextIsOneEmptyPiece() {
        assertThat(new Splitter(2_000).split("")).containsExactly(new Piece(0, 0, ""));
        assertThat(new Splitter(2_000).split(" \n\t ")).containsExactly(new Piece(0, 0, ""));
    }

    @Test
    void constructor_limitBelowACharacterIsRefused() {
        assertThatThrownBy(() -> new Splitter(1))
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining("was 1");
    }

    @Test
    void split_coversEveryTextOnceInOrderWithinTheLimit() {
        RandomCases.run(3_000, random -> check(text(random), 2 + random.nextInt(60)));
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int few = 1 + random.nextInt(PARTS.length);
        int length = random.nextInt(80);
        for (int i = 0; i < length; i++) {
            text.append(PARTS[random.nextInt(random.nextBoolean() ? few : PARTS.length)]);
        }
        return text.toString();
    }

    private static void check(String text, int limit) {
        List<Piece> pieces = new Splitter(limit).split(text);
        assertThat(pieces).isNotEmpty();
        int covered = 0;
        for (Piece piece : pieces) {
            assertThat(piece.start()).isGreaterThanOrEqualTo(covered);
            assertThat(piece.text()).isEqualTo(text.substring(piece.start(), piece.end()));
            assertThat(piece.text().length()).isLessThanOrEqualTo(limit);
            assertBlank(text, covered, piece.start());
            covered = piece.end();
            assertThat(covered == text.length()
                            || piece.end() == 0
                            || !Character.isSurrogatePair(text.charAt(covered - 1), text.charAt(covered)))
                    .as("no cut inside a surrogate pair")
                    .isTrue();
            if (covered < text.length() && isMark(text.codePointAt(covered))) {
                assertThat(marksAround(text, covered)).as("cut before a mark").isGreaterThan(limit);
            }
        }
        assertBlank(text, covered, text.length());
        if (pieces.size() > 1) {
            assertThat(pieces).noneMatch(piece -> piece.text().isEmpty());
        }
    }

    private static void assertBlank(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            assertThat(Character.isWhitespace(text.charAt(i)))
                    .as("lost at %s", i)
                    .isTrue();
        }
    }

    private static int marksAround(String text, int at) {
        int from = at;
        while (from > 0 && isMark(text.codePointAt(from))) {
            from--;
        }
        int to = at;
        while (to < text.length() && isMark(text.codePointAt(to))) {
            to++;
        }
        return to - from + 1;
    }

    private static boolean isMark(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    @Test
    void split_pieceBeginsWithTheLastSentencesOfTheOneBefore() {
        assertThat(new Splitter(45, 20)
                        .split("First one here. Second one. Third. A fourth! The fifth. And a sixth one."))
                .extracting(Piece::text)
                .containsExactly(
                        "First one here.",
                        "one here. Second one. Third.", // no sentence fits
                        "Third. A fourth! The fifth.",
                        "The fifth. And a sixth one.");
        assertThat(new Splitter(20, 8).split("one two three four five six seven"))
                .extracting(Piece::text)
                .containsExactly("one two", "two three four", "four five six", "six seven");
        assertThat(new Splitter(8, 4).split("abcdefghij"))
                .extracting(Piece::text)
                .containsExactly("abcd", "efgh", "ij");
    }

    @Test
    void split_overlappingPiecesAreThoseWithoutAnOverlapAndMore() {
        RandomCases.run(2_000, random -> {
            int overlap = random.nextInt(20);
            int limit = 2 + random.nextInt(60);
            String text = text(random);
            List<Piece> plain = new Splitter(limit).split(text);
            List<Piece> pieces = new Splitter(limit + overlap, overlap).split(text);
            if (text.strip().length() <= limit + overlap) {
                return;
            }
            assertThat(pieces).hasSameSizeAs(plain);
            for (int i = 0; i < pieces.size(); i++) {
                Piece piece = pieces.get(i);
                assertThat(piece.text()).isEqualTo(text.substring(piece.start(), piece.end()));
                assertThat(piece.end()).isEqualTo(plain.get(i).end());
                assertThat(plain.get(i).start() - piece.start()).isBetween(0, overlap);
                assertThat(i == 0 || piece.start() > pieces.get(i - 1).start()).isTrue();
                assertThat(Character.isLowSurrogate(text.charAt(piece.start()))
                                && piece.start() > 0
                                && Character.isHighSurrogate(text.charAt(piece.start() - 1)))
                        .isFalse();
            }
        });
    }

    /** Returns where words and single other characters start: a tokenizer for tests. */
    private static int[] words(String text) {
        return Pattern.compile("[A-Za-z]+|\\S")
                .matcher(text)
                .results()
                .mapToInt(MatchResult::start)
                .toArray();
    }

    private static Splitter ofTokens(int most, int overlap) {
        return new Splitter(1_000, 0, new TokenLimit(most, overlap, SplitterTest::words));
    }

    @Test
    void split_limitsTokens() {
        assertThat(ofTokens(6, 0).split("One two three. Four five. Six seven eight nine."))
                .extracting(Piece::text)
                .containsExactly("One two three.", "Four five.", "Six seven eight nine.");
        assertThat(ofTokens(3, 0).split("one two three four five"))
                .extracting(Piece::text)
                .containsExactly("one two three", "four five");
        assertThat(ofTokens(2, 0).split("!!!!!")).extracting(Piece::text).containsExactly("!!", "!!", "!");
    }

    @Test
    void split_overlapsInTokens() {
        assertThat(ofTokens(9, 3).split("One two. Three four. Five six. Seven eight. Nine ten."))
                .extracting(Piece::text)
                .containsExactly(
                        "One two. Three four.", "Three four. Five six. Seven eight.", "Seven eight. Nine ten.");
        assertThat(ofTokens(4, 2).split("one two three four five six"))
                .extracting(Piece::text)
                .containsExactly("one two", "two three four", "four five six");
    }

    @Test
    void split_neverCutsACharacterForTokens() {
        String family = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67"; // has five tokens
        assertThat(ofTokens(2, 0).split(family.repeat(3)))
                .extracting(Piece::text)
                .containsExactly(family, family, family);
    }

    @Test
    void split_randomTextsKeepTheLimitsOfTokens() {
        RandomCases.run(2_000, random -> {
            int most = 2 + random.nextInt(30);
            int overlap = random.nextInt(most / 2 + 1);
            String text = text(random);
            List<Piece> pieces = ofTokens(most, overlap).split(text);
            int covered = 0;
            for (int i = 0; i < pieces.size(); i++) {
                Piece piece = pieces.get(i);
                assertThat(piece.text()).isEqualTo(text.substring(piece.start(), piece.end()));
                assertThat(i > 0 && piece.start() <= pieces.get(i - 1).start())
                        .as("begins behind the one before")
                        .isFalse();
                assertThat(text.substring(Math.min(covered, piece.start()), piece.start())
                                        .isBlank()
                                || piece.start() < covered)
                        .as("nothing is lost")
                        .isTrue();
                covered = piece.end();
                boolean oneCharacter = piece.text().matches("\\X") || overlap > 0;
                assertThat(oneCharacter || tokensIn(text, piece) <= most)
                        .as("%s tokens in %s", tokensIn(text, piece), piece)
                        .isTrue();
            }
            assertThat(text.substring(covered)).isBlank();
        });
    }

    private static long tokensIn(String text, Piece piece) {
        return Arrays.stream(words(text))
                .filter(start -> start >= piece.start() && start < piece.end())
                .count();
    }

    @Test
    void split_keepsCodeAndTablesWhole() {
        String code = "```java\nint a = 1. First. Second.\n\nint b = 2. Third.\n```";
        String table = "| a | b |\n|---|:--|\n| One. | Two. |\n| Three. | Four. |";
        String text = "Some words before it. And more. " + "Filling words are here. ".repeat(2) + "\n" + code
                + "\nWords between them. Not many.\n\n" + table + "\n\nThe end of it. ~~~ is no block";
        for (int limit = table.length(); limit < 120; limit++) {
            List<String> pieces =
                    new Splitter(limit).split(text).stream().map(Piece::text).toList();
            assertThat(pieces).as("%d", limit).anyMatch(piece -> piece.contains(table));
            assertThat(code.length() > limit || pieces.stream().anyMatch(piece -> piece.contains(code)))
                    .as("%d", limit)
                    .isTrue();
            check(text, limit);
        }
    }

    @Test
    @Timeout(60)
    void split_takesTimeInProportionToTheText() {
        for (String part : List.of(
                "a", "word ", "Sentence. ", "|", "```\n", "| a |\n|---|---|\n", "e\u0301", "\uD83D\uDE00", "\u200D")) {
            String text = part.repeat(1_000_000 / part.length());
            assertThat(new Splitter(2_000, 500).split(text)).hasSizeGreaterThan(400);
        }
    }

    @Test
    void constructor_overlapThatLeavesNoRoomIsRefused() {
        assertThatThrownBy(() -> new Splitter(10, 9))
                .hasMessageContaining("0 to 8")
                .hasMessageContaining("was 9");
    }

    @Test
    void split_keepsNineInTenAbstractsOfCranfieldWhole() {
        String corpora = System.getProperty("geotherm.corpora");
        assumeTrue(corpora != null, "no folder of corpora: give one with -Dgeotherm.corpora=DIR");
        Splitter splitter = new Splitter(2_000);
        try (Stream<Document> documents =
                Corpus.open(Path.of(corpora, "cranfield").toString()).documents()) {
            assertThat(documents.filter(each -> splitter.split(each.text()).size() == 1))
                    .hasSizeGreaterThan(1_260);
        }
    }
}
