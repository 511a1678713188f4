package dev.geotherm.anchors.analysis;

import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.ar.ArabicNormalizationFilter;
import org.apache.lucene.analysis.ar.ArabicStemFilter;
import org.apache.lucene.analysis.bg.BulgarianAnalyzer;
import org.apache.lucene.analysis.bg.BulgarianStemFilter;
import org.apache.lucene.analysis.bn.BengaliAnalyzer;
import org.apache.lucene.analysis.bn.BengaliNormalizationFilter;
import org.apache.lucene.analysis.bn.BengaliStemFilter;
import org.apache.lucene.analysis.ca.CatalanAnalyzer;
import org.apache.lucene.analysis.ckb.SoraniAnalyzer;
import org.apache.lucene.analysis.ckb.SoraniNormalizationFilter;
import org.apache.lucene.analysis.ckb.SoraniStemFilter;
import org.apache.lucene.analysis.cz.CzechAnalyzer;
import org.apache.lucene.analysis.cz.CzechStemFilter;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.de.GermanLightStemFilter;
import org.apache.lucene.analysis.de.GermanNormalizationFilter;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.el.GreekStemFilter;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.es.SpanishLightStemFilter;
import org.apache.lucene.analysis.et.EstonianAnalyzer;
import org.apache.lucene.analysis.eu.BasqueAnalyzer;
import org.apache.lucene.analysis.fa.PersianAnalyzer;
import org.apache.lucene.analysis.fa.PersianNormalizationFilter;
import org.apache.lucene.analysis.fa.PersianStemFilter;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.fr.FrenchLightStemFilter;
import org.apache.lucene.analysis.ga.IrishAnalyzer;
import org.apache.lucene.analysis.gl.GalicianAnalyzer;
import org.apache.lucene.analysis.gl.GalicianStemFilter;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.hi.HindiNormalizationFilter;
import org.apache.lucene.analysis.hi.HindiStemFilter;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.hy.ArmenianAnalyzer;
import org.apache.lucene.analysis.id.IndonesianAnalyzer;
import org.apache.lucene.analysis.id.IndonesianStemFilter;
import org.apache.lucene.analysis.in.IndicNormalizationFilter;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.it.ItalianLightStemFilter;
import org.apache.lucene.analysis.lt.LithuanianAnalyzer;
import org.apache.lucene.analysis.lv.LatvianAnalyzer;
import org.apache.lucene.analysis.lv.LatvianStemFilter;
import org.apache.lucene.analysis.ne.NepaliAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseLightStemFilter;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.sr.SerbianAnalyzer;
import org.apache.lucene.analysis.sr.SerbianNormalizationFilter;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.ta.TamilAnalyzer;
import org.apache.lucene.analysis.te.TeluguAnalyzer;
import org.apache.lucene.analysis.te.TeluguNormalizationFilter;
import org.apache.lucene.analysis.te.TeluguStemFilter;
import org.apache.lucene.analysis.tr.ApostropheFilter;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;
import org.apache.lucene.analysis.util.ElisionFilter;
import org.tartarus.snowball.SnowballStemmer;
import org.tartarus.snowball.ext.ArmenianStemmer;
import org.tartarus.snowball.ext.BasqueStemmer;
import org.tartarus.snowball.ext.CatalanStemmer;
import org.tartarus.snowball.ext.DanishStemmer;
import org.tartarus.snowball.ext.DutchStemmer;
import org.tartarus.snowball.ext.EstonianStemmer;
import org.tartarus.snowball.ext.FinnishStemmer;
import org.tartarus.snowball.ext.HungarianStemmer;
import org.tartarus.snowball.ext.IrishStemmer;
import org.tartarus.snowball.ext.LithuanianStemmer;
import org.tartarus.snowball.ext.NepaliStemmer;
import org.tartarus.snowball.ext.NorwegianStemmer;
import org.tartarus.snowball.ext.RomanianStemmer;
import org.tartarus.snowball.ext.RussianStemmer;
import org.tartarus.snowball.ext.SerbianStemmer;
import org.tartarus.snowball.ext.SwedishStemmer;
import org.tartarus.snowball.ext.TamilStemmer;
import org.tartarus.snowball.ext.TurkishStemmer;

/**
 * The stop words and stems of a language, with the filters of Lucene's analyzer for it.
 *
 * @param stopWords the words to omit
 * @param prepare the preparation of a word before the comparison with the stop words
 * @param stem the replacement of a word with its stem
 */
record Stemming(CharArraySet stopWords, UnaryOperator<TokenStream> prepare, UnaryOperator<TokenStream> stem) {
    private static final Stemming NONE = by(CharArraySet.EMPTY_SET, words -> words);

    private static final CharArraySet CATALAN_ARTICLES = words("d l m n s t");
    private static final CharArraySet IRISH_ARTICLES = words("d m b");
    private static final CharArraySet ITALIAN_ARTICLES =
            words("c l all dall dell nell sull coll pell gl agl dagl degl negl sugl un m t s v d");

    /** Returns the stemming of a language. For a language without stemming, it changes nothing. */
    static Stemming of(Language language) {
        return switch (language) {
            case ENGLISH ->
                new Stemming(EnglishAnalyzer.getDefaultStopSet(), EnglishPossessiveFilter::new, PorterStemFilter::new);
            case FRENCH ->
                new Stemming(
                        FrenchAnalyzer.getDefaultStopSet(),
                        words -> new ElisionFilter(words, FrenchAnalyzer.DEFAULT_ARTICLES),
                        FrenchLightStemFilter::new);
            case ITALIAN ->
                new Stemming(
                        ItalianAnalyzer.getDefaultStopSet(),
                        words -> new ElisionFilter(words, ITALIAN_ARTICLES),
                        ItalianLightStemFilter::new);
            case CATALAN ->
                new Stemming(
                        CatalanAnalyzer.getDefaultStopSet(),
                        words -> new ElisionFilter(words, CATALAN_ARTICLES),
                        words -> new SnowballFilter(words, new CatalanStemmer()));
            case IRISH ->
                new Stemming(
                        IrishAnalyzer.getDefaultStopSet(),
                        words -> new ElisionFilter(words, IRISH_ARTICLES),
                        words -> new SnowballFilter(words, new IrishStemmer()));
            case TURKISH ->
                new Stemming(
                        TurkishAnalyzer.getDefaultStopSet(),
                        ApostropheFilter::new,
                        words -> new SnowballFilter(words, new TurkishStemmer()));
            case GERMAN ->
                by(
                        GermanAnalyzer.getDefaultStopSet(),
                        words -> new GermanLightStemFilter(new GermanNormalizationFilter(words)));
            case CZECH -> by(CzechAnalyzer.getDefaultStopSet(), CzechStemFilter::new);
            case GALICIAN -> by(GalicianAnalyzer.getDefaultStopSet(), GalicianStemFilter::new);
            case INDONESIAN -> by(IndonesianAnalyzer.getDefaultStopSet(), IndonesianStemFilter::new);
            case LATVIAN -> by(LatvianAnalyzer.getDefaultStopSet(), LatvianStemFilter::new);
            case PORTUGUESE -> by(PortugueseAnalyzer.getDefaultStopSet(), PortugueseLightStemFilter::new);
            case SPANISH -> by(SpanishAnalyzer.getDefaultStopSet(), SpanishLightStemFilter::new);
            case BASQUE -> snowball(BasqueAnalyzer.getDefaultStopSet(), new BasqueStemmer());
            case DANISH -> snowball(DanishAnalyzer.getDefaultStopSet(), new DanishStemmer());
            case DUTCH -> snowball(DutchAnalyzer.getDefaultStopSet(), new DutchStemmer());
            case ESTONIAN -> snowball(EstonianAnalyzer.getDefaultStopSet(), new EstonianStemmer());
            case FINNISH -> snowball(FinnishAnalyzer.getDefaultStopSet(), new FinnishStemmer());
            case HUNGARIAN -> snowball(HungarianAnalyzer.getDefaultStopSet(), new HungarianStemmer());
            case LITHUANIAN -> snowball(LithuanianAnalyzer.getDefaultStopSet(), new LithuanianStemmer());
            case NORWEGIAN -> snowball(NorwegianAnalyzer.getDefaultStopSet(), new NorwegianStemmer());
            case ROMANIAN -> snowball(RomanianAnalyzer.getDefaultStopSet(), new RomanianStemmer());
            case SWEDISH -> snowball(SwedishAnalyzer.getDefaultStopSet(), new SwedishStemmer());
            case RUSSIAN -> snowball(RussianAnalyzer.getDefaultStopSet(), new RussianStemmer());
            case BULGARIAN -> by(BulgarianAnalyzer.getDefaultStopSet(), BulgarianStemFilter::new);
            case SERBIAN ->
                by(
                        SerbianAnalyzer.getDefaultStopSet(),
                        words -> new SnowballFilter(new SerbianNormalizationFilter(words), new SerbianStemmer()));
            case GREEK -> by(GreekAnalyzer.getDefaultStopSet(), GreekStemFilter::new);
            case ARMENIAN -> snowball(ArmenianAnalyzer.getDefaultStopSet(), new ArmenianStemmer());
            case ARABIC ->
                by(
                        ArabicAnalyzer.getDefaultStopSet(),
                        words -> new ArabicStemFilter(new ArabicNormalizationFilter(words)));
            case PERSIAN ->
                new Stemming(
                        PersianAnalyzer.getDefaultStopSet(),
                        words -> new PersianNormalizationFilter(new ArabicNormalizationFilter(words)),
                        PersianStemFilter::new);
            case SORANI ->
                new Stemming(SoraniAnalyzer.getDefaultStopSet(), SoraniNormalizationFilter::new, SoraniStemFilter::new);
            case HINDI ->
                new Stemming(
                        HindiAnalyzer.getDefaultStopSet(),
                        words -> new HindiNormalizationFilter(new IndicNormalizationFilter(words)),
                        HindiStemFilter::new);
            case NEPALI ->
                new Stemming(
                        NepaliAnalyzer.getDefaultStopSet(),
                        IndicNormalizationFilter::new,
                        words -> new SnowballFilter(words, new NepaliStemmer()));
            case BENGALI ->
                new Stemming(
                        BengaliAnalyzer.getDefaultStopSet(),
                        words -> new BengaliNormalizationFilter(new IndicNormalizationFilter(words)),
                        BengaliStemFilter::new);
            case TAMIL ->
                new Stemming(
                        TamilAnalyzer.getDefaultStopSet(),
                        IndicNormalizationFilter::new,
                        words -> new SnowballFilter(words, new TamilStemmer()));
            case TELUGU ->
                new Stemming(
                        TeluguAnalyzer.getDefaultStopSet(),
                        words -> new TeluguNormalizationFilter(new IndicNormalizationFilter(words)),
                        TeluguStemFilter::new);
            default -> NONE;
        };
    }

    private static Stemming by(CharArraySet stopWords, UnaryOperator<TokenStream> stem) {
        return new Stemming(stopWords, words -> words, stem);
    }

    private static Stemming snowball(CharArraySet stopWords, SnowballStemmer stemmer) {
        return by(stopWords, words -> new SnowballFilter(words, stemmer));
    }

    private static CharArraySet words(String words) {
        return new CharArraySet(List.of(words.split(" ")), false);
    }
}
