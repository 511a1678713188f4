package dev.geotherm.anchors.retrieval;

import dev.geotherm.anchors.analysis.QueryWord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** A builder of queries for any word of a plain text, without query syntax. */
final class WordQuery {
    private WordQuery() {}

    /**
     * A word of a query.
     *
     * @param word the word with its forms
     * @param query the query for any of these forms
     */
    record Word(QueryWord word, Query query) {}

    /** Returns the distinct words of a text. */
    static List<Word> words(String text, Snapshot snapshot) throws IOException {
        Map<QueryWord, Integer> counts = new LinkedHashMap<>();
        for (QueryWord word :
                snapshot.analyzer().query(text, snapshot.languages().keySet())) {
            counts.merge(word, 1, Integer::sum);
        }
        List<Word> words = new ArrayList<>(counts.size());
        for (Map.Entry<QueryWord, Integer> each : counts.entrySet()) {
            Query one = word(each.getKey(), snapshot);
            int count = each.getValue();
            words.add(new Word(each.getKey(), count == 1 ? one : new BoostQuery(one, count)));
        }
        return words;
    }

    /**
     * Returns a query for any word in any of its forms. For each word, a passage gets the score of the best-matching form.
     */
    static Query of(String text, Snapshot snapshot) throws IOException {
        List<Word> words = words(text, snapshot);
        if (words.isEmpty()) {
            return new MatchNoDocsQuery("no words");
        }
        allow(words.stream().mapToInt(word -> word.word().forms().size()).sum());
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        words.forEach(word -> any.add(word.query(), BooleanClause.Occur.SHOULD));
        return any.build();
    }

    /**
     * Returns a query for the forms of a word. Each form has the document frequency of all forms together. Otherwise, in a
     * language with few passages every word would be rare, in particular the stop words of other languages.
     */
    private static Query word(QueryWord word, Snapshot snapshot) throws IOException {
        List<Term> terms = new ArrayList<>();
        for (String form : new TreeSet<>(word.forms())) {
            terms.add(new Term(PassageFields.CONTENT, form));
        }
        if (terms.size() == 1 && word.stoppedIn().isEmpty()) {
            return new TermQuery(terms.get(0));
        }
        long all = 0;
        for (String language : word.stoppedIn()) {
            all += snapshot.languages().getOrDefault(language, 0);
        }
        for (Term term : terms) {
            all += snapshot.documents(term);
        }
        List<Query> forms = new ArrayList<>();
        for (Term term : terms) {
            double rarity = snapshot.rarity(all) / snapshot.rarity(snapshot.documents(term));
            forms.add(new BoostQuery(new TermQuery(term), (float) Math.min(1, rarity)));
        }
        return new DisjunctionMaxQuery(forms, 0);
    }

    /** Raises Lucene's JVM-wide clause limit if needed, because a long text must not be cut. */
    private static synchronized void allow(int clauses) {
        if (clauses > IndexSearcher.getMaxClauseCount()) {
            IndexSearcher.setMaxClauseCount(clauses);
        }
    }
}
