package dev.geotherm.anchors.analysis;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;

/**
 * A token filter for Thai, Lao, Khmer and Burmese, which do not separate words by spaces. It replaces a run of letters with
 * the pairs of adjacent clusters, where a cluster is a consonant with its vowels and marks.
 *
 * <p>Pairs need no dictionary, so the tokens are the same in every process.
 */
final class ClusterBigramFilter extends TokenFilter {
    private static final String COMPLEX = StandardTokenizer.TOKEN_TYPES[StandardTokenizer.SOUTHEAST_ASIAN];

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final OffsetAttribute offset = addAttribute(OffsetAttribute.class);
    private final TypeAttribute type = addAttribute(TypeAttribute.class);
    private char[] run = new char[0];
    /** The starts of the run's clusters, and the end of the run. */
    private int[] borders = new int[0];

    private int clusters;
    private int next;
    private int start;

    ClusterBigramFilter(TokenStream input) {
        super(input);
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (next + 2 <= clusters) {
            emit();
            return true;
        }
        if (!input.incrementToken()) {
            return false;
        }
        if (type.type().equals(COMPLEX)) {
            begin();
            if (clusters > 1) {
                emit();
            }
        }
        return true;
    }

    private void begin() {
        run = Arrays.copyOf(term.buffer(), term.length());
        borders = new int[run.length + 1];
        clusters = 0;
        next = 0;
        start = offset.startOffset();
        for (int i = 0; i < run.length; i++) {
            if (i == 0 || !continues(run[i - 1], run[i])) {
                borders[clusters++] = i;
            }
        }
        borders[clusters] = run.length;
    }

    /** Returns whether a character belongs to the cluster of the previous character. */
    private static boolean continues(char before, char at) {
        boolean mark = switch (Character.getType(at)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
        // Thai and Lao vowels that precede their consonant; signs that join two consonants in Khmer and Burmese.
        boolean joins = (before >= 0x0E40 && before <= 0x0E44)
                || (before >= 0x0EC0 && before <= 0x0EC4)
                || before == 0x17D2
                || before == 0x1039;
        // Thai and Lao vowels that follow their consonant but are not marks.
        boolean vowel = (at >= 0x0E30 && at <= 0x0E33) || at == 0x0E45 || (at >= 0x0EB0 && at <= 0x0EB3);
        return mark || joins || vowel;
    }

    private void emit() {
        int from = borders[next];
        int to = borders[next + 2];
        term.copyBuffer(run, from, to - from);
        offset.setOffset(start + from, start + to);
        next++;
    }

    @Override
    public void reset() throws IOException {
        super.reset();
        clusters = 0;
        next = 0;
    }
}
