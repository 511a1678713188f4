package dev.geotherm.anchors.analysis;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.util.ArrayUtil;

/**
 * A folder of diacritics. It removes marks that readers of a script can do without, as in café, Ἀθῆναι, ещё or vowelled
 * Arabic. It keeps marks that form another letter, as in й, が or the vowel signs of Indian scripts. Not thread-safe.
 */
final class DiacriticFolder {
    /** The maximum number of letters that replace one letter. */
    private static final int LONGEST_FOLD = 4;

    private char[] folded = new char[64];

    /** Folds a word of a script in place. */
    void fold(CharTermAttribute term, UnicodeScript script) {
        if (isAscii(term)) {
            return;
        }
        switch (script) {
            case LATIN -> {
                folded = ArrayUtil.grow(folded, LONGEST_FOLD * term.length());
                int length = ASCIIFoldingFilter.foldToASCII(term.buffer(), 0, folded, 0, term.length());
                term.copyBuffer(folded, 0, withoutMarks(folded, length, 0x0300, 0x036F));
            }
            case GREEK -> {
                decompose(term, Normalizer.Form.NFD);
                term.setLength(withoutMarks(term.buffer(), term.length(), 0x0300, 0x036F));
            }
            case CYRILLIC -> {
                decompose(term, Normalizer.Form.NFD);
                term.setLength(withoutMarks(term.buffer(), term.length(), 0x0300, 0x0301)); // stress marks
                decompose(term, Normalizer.Form.NFC);
                replace(term, 'ё', 'е');
            }
            case HEBREW -> term.setLength(withoutMarks(term.buffer(), term.length(), 0x0591, 0x05C7));
            case ARABIC -> {
                term.setLength(withoutMarks(term.buffer(), term.length(), 0x064B, 0x0652));
                term.setLength(withoutMarks(term.buffer(), term.length(), 0x0670, 0x0670));
                term.setLength(withoutMarks(term.buffer(), term.length(), 0x0640, 0x0640)); // tatweel
            }
            default -> {}
        }
    }

    private static boolean isAscii(CharTermAttribute term) {
        char[] buffer = term.buffer();
        for (int i = 0; i < term.length(); i++) {
            if (buffer[i] >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static void decompose(CharTermAttribute term, Normalizer.Form form) {
        String decomposed = Normalizer.normalize(term, form);
        term.setEmpty().append(decomposed);
    }

    private static int withoutMarks(char[] buffer, int length, int first, int last) {
        int kept = 0;
        for (int i = 0; i < length; i++) {
            if (buffer[i] < first || buffer[i] > last) {
                buffer[kept++] = buffer[i];
            }
        }
        return kept == 0 ? length : kept; // a word can consist only of marks
    }

    private static void replace(CharTermAttribute term, char letter, char by) {
        char[] buffer = term.buffer();
        for (int i = 0; i < term.length(); i++) {
            buffer[i] = buffer[i] == letter ? by : buffer[i];
        }
    }
}
