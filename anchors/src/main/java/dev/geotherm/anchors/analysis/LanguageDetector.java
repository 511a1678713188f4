package dev.geotherm.anchors.analysis;

import static java.util.Objects.requireNonNull;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import org.apache.lucene.analysis.CharArrayMap;

/**
 * A detector of the languages of a text, one per script, that counts function words. Immutable and thread-safe.
 *
 * <p>It needs no model, and its result depends only on the text. A text of undetermined language is assigned the default
 * language of its script. In the Latin script, that is English, unless the letters or the length of the text make English
 * unlikely.
 */
final class LanguageDetector {
    /** The maximum number of words to look up. The scripts of further words are still counted. */
    private static final int MOST_WORDS = 500;

    /** The number of words from which a text contains several function words of its language. */
    private static final int ENOUGH_WORDS = 10;

    /** The number of words among which an English text contains at least one function word. Prose contains ten or more. */
    private static final int WORDS_WITH_ONE = 30;

    /**
     * The lead in function words that a language needs over English, or over all other languages to be the language of a
     * query.
     */
    private static final int AHEAD = 2;

    /**
     * A script with fewer than one in this number of words gets no stop words and no stemming, such as symbols in formulas.
     */
    private static final int LEAST_SCRIPT_SHARE = 10;

    private static final Map<UnicodeScript, Language> USUAL = Language.usual();
    private static final Map<UnicodeScript, Language> OTHERS = Language.others();
    private static final CharArrayMap<Set<Language>> FUNCTION_WORDS = functionWords();

    private LanguageDetector() {}

    private static CharArrayMap<Set<Language>> functionWords() {
        CharArrayMap<Set<Language>> words = new CharArrayMap<>(1_000, false);
        for (Language language : Language.values()) {
            for (String word : language.functionWords()) {
                Set<Language> known = words.get(word);
                Set<Language> languages = known == null ? EnumSet.noneOf(Language.class) : known;
                languages.add(language);
                words.put(word, languages);
            }
        }
        return words;
    }

    /** Returns the languages of a text in normal form. */
    static Map<UnicodeScript, Language> languages(String text) {
        return new Counts(text).languages();
    }

    /**
     * Returns the languages of a query in normal form, chosen from the given ones. For each script, that is the language
     * that the query's function words clearly indicate, or else all languages of the script.
     */
    static Collection<Language> ofQuery(String text, Collection<Language> some) {
        Counts counts = new Counts(text);
        Map<UnicodeScript, List<Language>> byScript = new EnumMap<>(UnicodeScript.class);
        for (Language language : some) {
            byScript.computeIfAbsent(language.script(), any -> new ArrayList<>())
                    .add(language);
        }
        return byScript.values().stream()
                .flatMap(each -> counts.clearlyOne(each).stream())
                .toList();
    }

    /** The counts of one text: its words in each script, and its distinct function words of each language. */
    private static final class Counts {
        private final Map<UnicodeScript, int[]> words = new EnumMap<>(UnicodeScript.class);
        private final Map<Language, Integer> functionWords = new EnumMap<>(Language.class);
        private final Set<Set<Language>> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        private int all;
        private boolean accented;

        Counts(String text) {
            int length = text.length();
            for (int at = 0; at < length; ) {
                int letter = text.codePointAt(at);
                int end = at + Character.charCount(letter);
                if (Character.isLetter(letter)) {
                    boolean ascii = letter < 0x80;
                    while (end < length && isInWord(text.charAt(end))) {
                        ascii &= text.charAt(end) < 0x80;
                        end++;
                    }
                    add(
                            text.subSequence(at, end),
                            letter < 0x80 ? UnicodeScript.LATIN : UnicodeScript.of(letter),
                            ascii);
                }
                at = end;
            }
        }

        private void add(CharSequence word, UnicodeScript script, boolean ascii) {
            all++;
            if (!USUAL.containsKey(script)) {
                return;
            }
            words.computeIfAbsent(script, any -> new int[1])[0]++;
            if (all <= MOST_WORDS) {
                accented |= !ascii && script == UnicodeScript.LATIN;
                Set<Language> languages = FUNCTION_WORDS.get(word);
                if (languages != null && seen.add(languages)) { // each function word has its own set instance
                    languages.forEach(language -> functionWords.merge(language, 1, Integer::sum));
                }
            }
        }

        Map<UnicodeScript, Language> languages() {
            Map<UnicodeScript, Language> languages = new EnumMap<>(UnicodeScript.class);
            int most = words.values().stream().mapToInt(count -> count[0]).max().orElse(0);
            for (Entry<UnicodeScript, int[]> each : words.entrySet()) {
                UnicodeScript script = each.getKey();
                int count = each.getValue()[0];
                boolean few = count < most && count * LEAST_SCRIPT_SHARE < all;
                languages.put(script, few ? OTHERS.get(script) : language(script, count));
            }
            return languages;
        }

        private Language language(UnicodeScript script, int count) {
            Language best = requireNonNull(USUAL.get(script));
            int least = count < ENOUGH_WORDS || script != UnicodeScript.LATIN ? 2 : 3;
            if (count(Language.ENGLISH) > 0) {
                least = Math.max(least, count(Language.ENGLISH) + AHEAD);
            }
            for (Language language : Language.values()) {
                if (language.script() == script && count(language) > count(best) && count(language) >= least) {
                    best = language;
                }
            }
            return best == Language.ENGLISH && !canBeEnglish(count) ? Language.OTHER_LATIN : best;
        }

        private int count(Language language) {
            return functionWords.getOrDefault(language, 0);
        }

        private boolean canBeEnglish(int count) {
            int english = count(Language.ENGLISH);
            return english >= Math.min(3, count / WORDS_WITH_ONE) && (english > 0 || !accented);
        }

        /** Returns the language that is clearly ahead of the others in a list, or the whole list. */
        List<Language> clearlyOne(List<Language> some) {
            List<Language> order = some.stream()
                    .sorted(Comparator.comparing(this::count).reversed())
                    .toList();
            int best = count(order.get(0));
            int next = order.size() == 1 ? 0 : count(order.get(1));
            return best >= next + AHEAD ? order.subList(0, 1) : some;
        }
    }

    private static boolean isInWord(char letter) {
        if (letter < 0x80) {
            return letter >= 'a' && letter <= 'z';
        }
        return switch (Character.getType(letter)) {
            case Character.LOWERCASE_LETTER,
                    Character.UPPERCASE_LETTER,
                    Character.OTHER_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }
}
