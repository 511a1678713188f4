package dev.geotherm.anchors.retrieval;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** Builds a query for any of the words of a text, which has no query syntax. */
final class WordQuery {
    private WordQuery() {}

    static Query of(String text, Analyzer analyzer) throws IOException {
        Map<String, Integer> counts = new LinkedHashMap<>();
        try (TokenStream tokens = analyzer.tokenStream(PassageFields.CONTENT, text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                counts.merge(term.toString(), 1, Integer::sum);
            }
            tokens.end();
        }
        if (counts.isEmpty()) {
            return new MatchNoDocsQuery("no words");
        }
        allow(counts.size());
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        counts.forEach((word, count) -> {
            Query one = new TermQuery(new Term(PassageFields.CONTENT, word));
            any.add(count == 1 ? one : new BoostQuery(one, count), BooleanClause.Occur.SHOULD);
        });
        return any.build();
    }

    /** Raises Lucene's JVM-wide limit if needed: a long text must not be cut. */
    private static synchronized void allow(int clauses) {
        if (clauses > IndexSearcher.getMaxClauseCount()) {
            IndexSearcher.setMaxClauseCount(clauses);
        }
    }
}
