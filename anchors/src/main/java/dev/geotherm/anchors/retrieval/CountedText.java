package dev.geotherm.anchors.retrieval;

import dev.geotherm.anchors.analysis.LanguageText;
import dev.geotherm.anchors.analysis.TextAnalyzer;
import java.io.IOException;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.TextField;

/** A text field that counts its words while it is indexed, because Lucene stores their number only approximately. */
final class CountedText extends Field {
    private final TextAnalyzer analyzer;
    private final LanguageText text;
    private long words;

    CountedText(String name, LanguageText text, TextAnalyzer analyzer) {
        super(name, text.text(), TextField.TYPE_NOT_STORED);
        this.analyzer = analyzer;
        this.text = text;
    }

    @Override
    public TokenStream tokenStream(Analyzer unused, TokenStream reuse) {
        return new Counter(analyzer.words(text));
    }

    /** Returns a field with the number of words; it must be indexed after the text. */
    Field length(String name) {
        return new NumericDocValuesField(name, 0) {
            @Override
            public Number numericValue() {
                return words;
            }
        };
    }

    private final class Counter extends TokenFilter {
        Counter(TokenStream input) {
            super(input);
            words = 0;
        }

        @Override
        public boolean incrementToken() throws IOException {
            boolean more = input.incrementToken();
            words += more ? 1 : 0;
            return more;
        }
    }
}
